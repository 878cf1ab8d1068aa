import { primaryOf } from '../metrics/registry.ts'
import type { ArmRole } from '../contracts/arm.ts'
import { PrimaryMetric } from '../contracts/protocol.ts'
import type { Wordless } from '../judging/wordless.ts'
import { capital, counted, joinAnd } from '../text/grammar.ts'
import { digitsFor, levelText, marginName, plainAmount, plainRange, withinSentence } from './phrases.ts'
import { fewestForWord } from '../judging/word-rules.ts'
import type { SaidComparison } from './say-comparison.ts'
import { wordlessSentence, wordlessText } from './wordless-text.ts'

export interface AnswerInput {
  /** In the protocol's order. */
  comparisons: readonly SaidComparison[]
  /** By arm id. */
  roles: Readonly<Record<string, ArmRole>>
  labels: Readonly<Record<string, string>>
  /** The answer to "Is it the teacher?", where it is asked. */
  smoothing?: string | null
  margin: number
  /** M */
  corrected: number
  /** `decided`: every planned seed has ended. */
  state: 'waiting' | 'provisional' | 'decided' | 'stopped'
  plannedSeeds: number
  /** Planned seeds for which every arm has a result. */
  seedsIn: number
  /** The experiment as a whole was cancelled, not run by run. */
  cancelled: boolean
  /** Arms that can get no word any more, each with the cause; `all`: no other goes on. */
  wordless: { arms: readonly Wordless[]; all: boolean }
}

export interface Answer {
  /** The whole page in one or two sentences. */
  headline: string
  /** What stands behind it, arm by arm. */
  text: string
}

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const spelled = (n: number): string => numbers[n] ?? String(n)

const alone = 'than the same student trained alone'
const better = (metric: PrimaryMetric): string => `${primaryOf(metric).primary.made.better} ${alone}`
const worse = (metric: PrimaryMetric): string => `${primaryOf(metric).primary.made.worse} ${alone}`

/** The answer is about the primary question, which is on a primary metric. */
const primaryMetricOf = ({ metric }: SaidComparison): PrimaryMetric => PrimaryMetric.parse(metric)

const metricOf = ([first]: readonly SaidComparison[]): PrimaryMetric =>
  first === undefined ? 'accuracy' : primaryMetricOf(first)

const labelOf = (input: AnswerInput, comparison: SaidComparison): string =>
  input.labels[comparison.arm] ?? comparison.arm

const listed = (input: AnswerInput, comparisons: readonly SaidComparison[]): string =>
  joinAnd(comparisons.map((comparison) => withinSentence(labelOf(input, comparison))))

const methods = (n: number): string =>
  n === 1 ? 'distillation method' : `${spelled(n)} distillation methods`

const anyOf = (n: number): string => (n === 2 ? 'either' : 'any')
const noneOf = (n: number): string => (n === 2 ? 'neither' : 'none')

const headlineDecided = (input: AnswerInput, tried: readonly SaidComparison[]): string => {
  const of = (word: SaidComparison['word']): SaidComparison[] => tried.filter((c) => c.word === word)
  const helped = of('helped')
  const hurt = of('hurt')
  const n = tried.length
  const metric = metricOf(tried)
  if (n === 0) return 'No distillation method was tried.'
  if (helped.length > 0) {
    const did = `${listed(input, helped)} ${better(metric)}.`
    if (n === 1) return `Yes: ${did}`
    const all = n === 2 ? 'both distillation methods' : `all ${methods(n)}`
    const which = helped.length === n ? all : `${spelled(helped.length)} of the ${methods(n)}`
    return `Yes, with ${which}. ${capital(did)}`
  }
  const reasons = new Set(tried.map((c) => c.reason))
  const [reason] = reasons
  if (tried.every((c) => c.word === null)) {
    return reasons.size === 1 && typeof reason === 'string'
      ? `No verdict: ${reason}.`
      : `No verdict for ${anyOf(n)} of the ${methods(n)}.`
  }
  if (hurt.length + of('no practical difference').length < n) {
    return n === 1
      ? `Not settled: a gain from ${listed(input, tried)} is not shown.`
      : `Not settled: a gain is not shown for ${anyOf(n)} of the ${methods(n)}.`
  }
  if (hurt.length === n) {
    if (n === 1) return `No: ${listed(input, hurt)} ${worse(metric)}.`
    return `No: ${n === 2 ? 'both distillation methods' : `all ${methods(n)}`} ${worse(metric)}.`
  }
  if (hurt.length > 0) {
    return `No: ${noneOf(n)} of the ${methods(n)} helped, and ${listed(input, hurt)} ${worse(metric)}.`
  }
  return n === 1
    ? `No: ${listed(input, tried)} made no practical difference.`
    : `No: ${noneOf(n)} of the ${methods(n)} made a practical difference.`
}

const noTeacher = ', which needs no teacher'

const isTaughtByNobody = ({ roles }: AnswerInput, { arm }: SaidComparison): boolean =>
  roles[arm] === 'regularisation'

const moved = (input: AnswerInput, comparison: SaidComparison): string => {
  const { estimate, simultaneous, word, metric } = comparison
  const { margin } = input
  const helped = word === 'helped'
  const verbs = primaryOf(primaryMetricOf(comparison)).primary.moved
  const verb = helped ? verbs.better : verbs.worse
  const name = `${labelOf(input, comparison)}${isTaughtByNobody(input, comparison) ? `${noTeacher},` : ''}`
  if (estimate === null || simultaneous === null) return `${name} ${helped ? 'helped' : 'hurt'}.`
  const digits = digitsFor(metric, simultaneous, margin)
  const sure = helped ? simultaneous[0] >= margin : simultaneous[1] <= -margin
  const end = sure ? `, by at least the ${marginName(metric, margin)}` : ''
  return `${name} ${verb} ${plainAmount(metric, estimate, digits)} (${plainRange(metric, simultaneous, digits)})${end}.`
}

/** "95 %"; where words come from several looks, "98 % (look 1) and 97 % (look 2)". */
const levels = (comparisons: readonly SaidComparison[]): string => {
  const looks = new Map(comparisons.map(({ look }) => [look.index, look]))
  const [first, ...others] = [...looks.values()].sort((a, b) => a.index - b.index)
  if (first === undefined) return ''
  if (others.length === 0) return levelText(first.alpha)
  return joinAnd([first, ...others].map(({ index, alpha }) => `${levelText(alpha)} (look ${index + 1})`))
}

const textDecided = (input: AnswerInput, comparisons: readonly SaidComparison[]): string => {
  const { roles, corrected } = input
  const sentences = comparisons
    .filter((c) => c.word === 'helped' || c.word === 'hurt')
    .map((c) => moved(input, c))
  const group = (word: SaidComparison['word'], one: string, many: string): void => {
    const own = comparisons.filter((c) => c.word === word)
    if (own.length === 0) return
    const names = own.map((c, i) => {
      const name = i === 0 ? labelOf(input, c) : withinSentence(labelOf(input, c))
      // The list itself sets the comma behind all but its last two.
      return isTaughtByNobody(input, c) ? `${name}${noTeacher}${i < own.length - 2 ? '' : ','}` : name
    })
    sentences.push(`${joinAnd(names)} ${own.length === 1 ? one : many}.`)
  }
  group('no practical difference', 'made no practical difference', 'made no practical difference')
  group('inconclusive', 'is not settled', 'are not settled')
  const wordless = comparisons.filter((c) => c.word === null)
  for (const reason of new Set(wordless.flatMap((c) => c.reason ?? []))) {
    const own = wordless.filter((c) => c.reason === reason)
    sentences.push(`No verdict for ${listed(input, own)}: ${reason}.`)
  }
  const distilledHelped = comparisons.some((c) => c.word === 'helped' && roles[c.arm] === 'distillation')
  if (distilledHelped && input.smoothing != null && input.smoothing !== '')
    sentences.push(`Is it the teacher? ${input.smoothing}`)
  if (comparisons.some((c) => c.word !== null)) {
    const joint = corrected > 1 ? `, corrected for ${counted(corrected, 'comparison')}` : ''
    sentences.push(`Intervals are ${levels(comparisons)}${joint}.`)
  }
  return sentences.join(' ')
}

const withoutWords = (input: AnswerInput): string => {
  const { comparisons } = input
  return comparisons.some((c) => c.estimate !== null)
    ? 'The intervals are descriptive.'
    : 'No seed has ended in the control and in another arm, so there are no intervals.'
}

const answerProvisional = (input: AnswerInput): Answer => {
  const { comparisons, wordless, labels, plannedSeeds, seedsIn } = input
  // Words of an earlier look stand while the arms that are open go on.
  const decided = comparisons.filter((c) => c.word !== null)
  const standing = decided.length === 0 ? '' : textDecided(input, decided)
  if (wordless.all) {
    const others = decided.length === 0 ? 'No verdict will come' : 'No further verdict will come'
    return {
      headline: `${others}: ${wordlessText(wordless.arms)}.`,
      text: [standing, 'What still runs adds figures alone.'].filter((part) => part !== '').join(' '),
    }
  }
  const lost = wordlessSentence(wordless.arms, labels)
  if (decided.length > 0) {
    const without = new Set(wordless.arms.map(({ arm }) => arm))
    const open = comparisons.filter((c) => c.provisional && !without.has(c.arm)).length
    return {
      headline: `Not finished: ${spelled(open)} of ${counted(comparisons.length, 'arm')} ${open === 1 ? 'goes' : 'go'} on to ${counted(plannedSeeds, 'seed')}.`,
      text: [standing, lost].filter((part) => part !== '').join(' '),
    }
  }
  const early = plannedSeeds >= fewestForWord
  const waiting = input.state === 'waiting'
  const first = 'The first intervals appear when one seed has ended in the control and in another arm.'
  const look =
    'The intervals are descriptive. A method gets its word when every planned seed has ended, not before: looking early and stopping at a good moment finds effects that are not there.'
  return {
    headline: early
      ? `Too early to say. ${inText(seedsIn, plannedSeeds)}.`
      : `${inText(seedsIn, plannedSeeds)}: ${counted(plannedSeeds, 'seed')} ${plannedSeeds === 1 ? 'gives' : 'give'} figures and no verdict.`,
    text: [waiting ? first : early ? look : 'The intervals are descriptive.', lost]
      .filter((part) => part !== '')
      .join(' '),
  }
}

/** "None of the 8 planned seeds is in", "1 of 8 planned seeds is in", "The one planned seed is in" */
const inText = (seedsIn: number, planned: number): string => {
  if (planned === 1) return `The one planned seed is ${seedsIn === 0 ? 'not ' : ''}in`
  if (seedsIn === 0) return `None of the ${counted(planned, 'planned seed')} is in`
  return `${seedsIn} of ${counted(planned, 'planned seed')} ${seedsIn === 1 ? 'is' : 'are'} in`
}

const answerStopped = (input: AnswerInput, decided: () => Answer): Answer => {
  const { comparisons, cancelled, wordless, seedsIn, plannedSeeds } = input
  // A single cancelled run takes the word of its own comparison only.
  if (comparisons.some((c) => c.word !== null)) return decided()
  if (cancelled) {
    return {
      headline: `No verdict: stopped at ${seedsIn} of ${counted(plannedSeeds, 'planned seed')}.`,
      text: `The experiment was cancelled before its planned end. ${withoutWords(input)}`,
    }
  }
  return wordless.all
    ? { headline: `No verdict: ${wordlessText(wordless.arms)}.`, text: withoutWords(input) }
    : decided()
}

/**
 * The answer of the page, the headline first. Only distillation arms answer the question; regularisation controls are
 * reported beside them.
 */
export const answer = (input: AnswerInput): Answer => {
  const { comparisons, roles } = input
  const decided = (): Answer => ({
    headline: headlineDecided(
      input,
      comparisons.filter((c) => roles[c.arm] === 'distillation'),
    ),
    text: textDecided(input, comparisons),
  })
  switch (input.state) {
    case 'waiting':
    case 'provisional':
      return answerProvisional(input)
    case 'stopped':
      return answerStopped(input, decided)
    case 'decided':
      return decided()
  }
}

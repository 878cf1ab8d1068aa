import type { PrimaryMetric } from '../contracts/protocol.ts'
import type { ArmRole } from '../contracts/arm.ts'
import type { SaidComparison } from './say-comparison.ts'
import type { NextStep, VerdictPage } from '../contracts/verdict-page.ts'
import { formatDuration } from './format-duration.ts'
import { formatCount, formatNumber } from '../text/format-number.ts'
import { capital, counted, joinAnd } from '../text/grammar.ts'
import { marginAmount, withinSentence } from './phrases.ts'
import { planningText } from './planning-text.ts'
import { mendingSteps, repairSteps, type ArmEndings } from './repair-steps.ts'

export interface NextStepsInput {
  state: VerdictPage['state']
  comparisons: readonly SaidComparison[]
  labels: Readonly<Record<string, string>>
  roles: Readonly<Record<string, ArmRole>>
  metric: PrimaryMetric
  margin: number
  extension: VerdictPage['extension']
  /** Seeds of each arm up to the newest look that was launched. */
  plannedSeeds: number
  /** Mean test accuracy, fractions; null while there is none. */
  accuracy: { teacher: number | null; control: number | null }
  classes: number
  /** The last seed of the protocol: new ones begin after it. */
  lastSeed: number
  labelsPerSeed: number
  /** Labels of an experiment that would show whether a gain holds with fewer; null: there is no smaller number. */
  fewerLabels: number | null
  /** How the runs of each arm ended, the teacher's among them: advice follows the cause. */
  endings: readonly ArmEndings[]
  /** The test labels cannot be read as they were stored. */
  dataDamaged: boolean
  /** "about 70 min" of a new experiment with so many seeds; null where this machine's speed is not known. */
  costText(seeds: number): string | null
}

const suggestedSeeds = 5
const mostSeeds = 100

const names = (input: NextStepsInput, comparisons: readonly SaidComparison[]): string =>
  joinAnd(comparisons.map(({ arm }) => withinSentence(input.labels[arm] ?? arm)))

const withCost = (input: NextStepsInput, seeds: number): string => {
  const cost = input.costText(seeds)
  return cost === null ? '' : `, ${cost}`
}

const again = (input: NextStepsInput, seeds: number, spread: number | null = null): NextStep['action'] => ({
  kind: 'plan',
  seeds,
  firstSeed: input.lastSeed + 1,
  spread,
})

const extend = (input: NextStepsInput): NextStep[] => {
  const { extension, labels } = input
  if (extension === null) return []
  const arms = joinAnd(extension.arms.map((arm) => withinSentence(labels[arm] ?? arm)))
  const time = extension.estimateMs === null ? '' : `, about ${formatDuration(extension.estimateMs)}`
  return [
    {
      title: `Settle ${arms}`,
      text: `The protocol planned a further look at ${extension.seeds} seeds: ${counted(extension.runs, 'run')} more${time}. Words that are decided stand.${hopeless(input)}`,
      action: { kind: 'extend' },
    },
  ]
}

/** Arms of the extension for which its seeds cannot be enough. */
const hopeless = (input: NextStepsInput): string => {
  const asked = input.extension?.arms ?? []
  const arms = input.comparisons.filter((one) => asked.includes(one.arm) && one.undecidable)
  if (arms.length === 0) return ''
  return ` For ${names(input, arms)} they will hardly be enough: the test set is too small for a difference of ${marginAmount(input.metric, input.margin)}.`
}

const settle = (input: NextStepsInput): NextStep[] => {
  const { extension, metric, margin, comparisons } = input
  const asked = new Set(extension?.arms ?? [])
  const undecided = comparisons.filter(
    // Where runs diverge, the spread is theirs: more seeds of them settle nothing.
    ({ word, arm, divergedSeeds }) =>
      word === 'inconclusive' && !asked.has(arm) && divergedSeeds.length === 0,
  )
  const bySeeds = undecided.filter(
    ({ planning }) => planning?.testSetFactor === null && planning.needed !== null,
  )
  const byTestSet = undecided.filter(({ planning }) => planning?.testSetFactor != null)
  const steps: NextStep[] = []
  if (bySeeds.length > 0) {
    const had = Math.max(...bySeeds.map((one) => one.seeds))
    const wanted = Math.max(
      had,
      ...bySeeds.map(({ planning }) => planning?.neededUpper ?? planning?.needed ?? 0),
    )
    const seeds = Math.min(wanted, mostSeeds)
    const [only] = bySeeds
    const amount = marginAmount(metric, margin)
    const text =
      wanted === had
        ? `${counted(had, 'seed')} show a difference of ${amount} in 4 cases of 5: either it is smaller, or this was one of the others.`
        : only !== undefined && bySeeds.length === 1
          ? `It needs ${planningText(only, metric, margin)}`
          : `The most demanding of them needs ${formatCount(wanted)} seeds per arm to see ${amount} in 4 cases of 5.`
    steps.push({
      title: `Settle ${names(input, bySeeds)}`,
      text: `${text} ${extension === null ? 'The protocol planned no further look, so this' : 'This'} is a new experiment with new seeds${
        wanted > mostSeeds
          ? `. An experiment holds at most ${mostSeeds} seeds of an arm${withCost(input, seeds)}: a larger margin, or a larger test set, may be the better way.`
          : `${withCost(input, seeds)}.`
      }`,
      // With the upper limits of these arms, as the seeds above: others may be far steadier.
      action: again(input, seeds, Math.max(...bySeeds.map(({ planning }) => planning?.sdUpper ?? 0))),
    })
  }
  for (const one of byTestSet) {
    steps.push({
      title: `Get more test examples for ${names(input, [one])}`,
      text: capital(planningText(one, metric, margin)),
      action: null,
    })
  }
  return steps
}

/** Where there is no word at all: the experiment again, unless a cause has to be mended first and says so itself. */
const repeat = (input: NextStepsInput): NextStep[] => {
  const { state, comparisons, plannedSeeds } = input
  if (comparisons.some(({ word }) => word !== null)) return []
  const seeds = Math.max(plannedSeeds, suggestedSeeds)
  if (state === 'stopped') {
    return [
      {
        title: 'Start again',
        text: `What was stopped early has no verdict. A new experiment with new seeds can decide${withCost(input, seeds)}.`,
        action: again(input, seeds),
      },
    ]
  }
  if (plannedSeeds >= 3) {
    const reason = comparisons[0]?.reason ?? 'no arm has a result'
    return [
      {
        title: 'Start again',
        text: `There is no verdict: ${reason}. A new experiment with new seeds can decide${withCost(input, seeds)}.`,
        action: again(input, seeds),
      },
    ]
  }
  return [
    {
      title: 'Take more seeds',
      text: `${counted(plannedSeeds, 'seed')} cannot decide. With ${seeds} seeds of each arm a verdict is possible${withCost(input, seeds)}.`,
      action: again(input, seeds),
    },
  ]
}

const transfer = (input: NextStepsInput): NextStep[] => {
  const { comparisons, roles, labelsPerSeed, fewerLabels } = input
  const helped = comparisons.filter(({ word, arm }) => word === 'helped' && roles[arm] === 'distillation')
  if (helped.length === 0 || fewerLabels === null) return []
  return [
    {
      title: 'Check that it holds with fewer labels',
      text: `The gain was seen with ${formatCount(labelsPerSeed)} labels. Whether it grows or goes with ${formatCount(fewerLabels)} is not tested here.`,
      action: { kind: 'fewer-labels', labelsPerSeed: fewerLabels },
    },
  ]
}

/** What makes every verdict of the experiment moot: networks that did not learn, or nothing to learn from. */
const learnFirst = ({ accuracy, classes, endings }: NextStepsInput): NextStep[] => {
  const { teacher, control } = accuracy
  // A diverged run counts as the even guess: that it did not learn says nothing of how long it was trained.
  const learns = (role: ArmRole): boolean => endings.every((one) => one.role !== role || one.diverged === 0)
  if (control === null || !learns('control')) return []
  const percent = (share: number): string => `${formatNumber(share * 100, 1)} %`
  if (control < 2 / classes) {
    return [
      {
        title: 'Train longer first',
        text: `The control is right in ${percent(control)} of the test examples, an even guess in ${percent(1 / classes)}: networks that have hardly learnt say little about any method.`,
        action: null,
      },
    ]
  }
  if (teacher === null || teacher >= control || !learns('teacher')) return []
  return [
    {
      title: 'Train a better teacher first',
      text: `The teacher is right in ${percent(teacher)} of the test examples, the control in ${percent(control)}: there is little that it could teach.`,
      action: null,
    },
  ]
}

/** What to do next, the most useful first; nothing while the words are still to come. */
export const nextSteps = (input: NextStepsInput): NextStep[] => {
  if (input.state === 'waiting' || input.state === 'provisional') return []
  const mending = mendingSteps(input.endings, input.dataDamaged)
  // Until then nobody knows which words there are.
  if (mending.length > 0) return mending
  const seeds = Math.max(input.plannedSeeds, suggestedSeeds)
  const repairs = repairSteps(input.endings, {
    open: input.comparisons.some(({ word }) => word === null || word === 'inconclusive'),
    action: again(input, seeds),
  })
  return [
    ...repairs,
    ...learnFirst(input),
    ...extend(input),
    ...settle(input),
    // The repair is the experiment again already.
    ...(repairs.length > 0 ? [] : repeat(input)),
    ...transfer(input),
  ]
}

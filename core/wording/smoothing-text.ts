import type { JudgedComparison } from '../judging/comparison.ts'
import { capital, joinAnd } from '../text/grammar.ts'
import { digitsFor, plainAmount, signedRange, withinSentence } from './phrases.ts'
import { type SaidComparison, sayComparison } from './say-comparison.ts'

const name = (labels: Readonly<Record<string, string>>, id: string): string =>
  withinSentence(labels[id] ?? id)

/** How the sentence of an arm that helped goes on, once its comparison with a regulariser is decided. */
const clause = (one: JudgedComparison, labels: Readonly<Record<string, string>>): string => {
  const regulariser = `${name(labels, one.against)}, which needs no teacher`
  const { estimate, simultaneous, metric, margin } = one
  if (estimate === null || simultaneous === null) return ''
  const digits = digitsFor(metric, simultaneous, margin)
  switch (one.word) {
    case 'helped':
      return `; it added ${plainAmount(metric, estimate, digits)} to what ${name(labels, one.against)} gives`
    case 'no practical difference':
      return `; ${regulariser}, did as well`
    case 'hurt':
      return `; ${regulariser}, did better`
    case 'inconclusive':
      return `; not shown to add to ${regulariser} (${signedRange(metric, simultaneous, digits)})`
    case 'smaller':
    case 'larger':
    case null:
      return ''
  }
}

/** The primary comparisons, the sentences of arms that helped each going on with what the teacher adds. */
export const sayPrimary = (
  comparisons: readonly JudgedComparison[],
  smoothing: readonly JudgedComparison[],
  labels: Readonly<Record<string, string>>,
): SaidComparison[] =>
  comparisons.map((one) => {
    const beside = one.word === 'helped' ? smoothing.filter(({ arm }) => arm === one.arm) : []
    return sayComparison(
      one,
      labels,
      beside.map((other) => clause(other, labels)),
    )
  })

/** The answer to "Is it the teacher?" over all arms, one regulariser after the other. */
export const smoothingAnswer = (
  comparisons: readonly SaidComparison[],
  labels: Readonly<Record<string, string>>,
): string => {
  const against = [...new Set(comparisons.map((one) => one.against))]
  if (comparisons.every(({ word }) => word === null))
    return comparisons.some(({ provisional }) => provisional)
      ? 'Too early to say: the intervals are descriptive.'
      : `No verdict: ${comparisons[0]?.reason ?? 'nothing to compare'}.`
  return against
    .flatMap((control) => {
      const own = comparisons.filter((one) => one.against === control)
      const regulariser = name(labels, control)
      const of = (word: SaidComparison['word']): SaidComparison[] => own.filter((one) => one.word === word)
      const names = (list: readonly SaidComparison[]): string =>
        joinAnd(list.map(({ arm }) => name(labels, arm)))
      const say = (
        word: SaidComparison['word'],
        text: (list: readonly SaidComparison[], several: boolean) => string,
      ): string[] => {
        const list = of(word)
        return list.length === 0 ? [] : [capital(text(list, list.length > 1))]
      }
      return [
        ...say(
          'helped',
          (list, several) =>
            `for ${names(list)}, yes: ${several ? 'they add' : 'it adds'} ${amounts(list)} to what ${regulariser} gives.`,
        ),
        ...say(
          'no practical difference',
          (list) => `${regulariser}, which needs no teacher, did as well as ${names(list)}.`,
        ),
        ...say('hurt', (list) => `${regulariser}, which needs no teacher, did better than ${names(list)}.`),
        ...say(
          'inconclusive',
          (list, several) =>
            `${names(list)} ${several ? 'are' : 'is'} not shown to add to ${regulariser}, which needs no teacher (${ranges(list)}).`,
        ),
      ]
    })
    .join(' ')
}

const amounts = (list: readonly SaidComparison[]): string =>
  joinAnd(
    list.map(({ metric, margin, estimate, simultaneous }) =>
      plainAmount(metric, estimate ?? 0, digitsFor(metric, simultaneous ?? [0, 0], margin)),
    ),
  )

const ranges = (list: readonly SaidComparison[]): string =>
  joinAnd(
    list.map(({ metric, margin, simultaneous }) =>
      simultaneous === null
        ? '–'
        : signedRange(metric, simultaneous, digitsFor(metric, simultaneous, margin)),
    ),
  )

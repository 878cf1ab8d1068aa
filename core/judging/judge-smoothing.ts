import type { ComparisonDetail } from '../contracts/verdict.ts'
import { judgeAgainst, withHolm } from './judge.ts'
import type { JudgedArm, JudgeInput, ReadAt } from './question.ts'
import { capital, digitsFor, joinAnd, plainAmount, signedRange, withinSentence } from '../wording/phrases.ts'

export type SmoothingInput = Omit<
  JudgeInput,
  'control' | 'family' | 'corrected' | 'readAt' | 'controlName'
> & {
  /** Teacher-free controls; `arms` are the distillation arms. */
  regularisers: readonly JudgedArm[]
  /** By arm: where the primary question was read, regularisers too. */
  primary: ReadonlyMap<string, ReadAt>
}

/**
 * "Is it the teacher?": every distillation arm against every regularisation control, a family of its own at alpha over
 * M2 = arms × controls. *Helped* means that the teacher adds something that a teacher-free regulariser does not. Where
 * the two arms were decided at different looks, both are read at the earlier one, which has the seeds of both.
 * @throws RangeError as `judgePrimary`.
 */
export const judgeSmoothing = (input: SmoothingInput): ComparisonDetail[] => {
  const { regularisers, primary, arms, ...rest } = input
  const corrected = regularisers.length * arms.length
  const found = regularisers.flatMap((control) => {
    const own = primary.get(control.id)
    const readAt = new Map(
      arms.flatMap((arm): [string, ReadAt][] => {
        const at = primary.get(arm.id)
        if (at === undefined || own === undefined) return []
        const withheld = at.withheld ?? own.withheld
        return [[arm.id, { look: Math.min(at.look, own.look), withheld }]]
      }),
    )
    const judged = judgeAgainst({
      ...rest,
      family: 'teacher-or-smoothing',
      corrected,
      readAt,
      control,
      controlName: control.label,
      arms: [...arms],
    })
    return judged.map((one) => sayEarlier(one, primary, control))
  })
  return withHolm(found, corrected)
}

/** An arm that went on after its regulariser was decided is read where both still had the same seeds: say so. */
const sayEarlier = (
  one: ComparisonDetail,
  primary: SmoothingInput['primary'],
  control: JudgedArm,
): ComparisonDetail => {
  if ((primary.get(one.arm)?.look ?? 0) <= one.look.index) return one
  const remark = `read at ${one.look.seeds} seeds, where ${withinSentence(control.label)} was decided`
  return { ...one, note: one.note === null ? remark : `${one.note}; ${remark}` }
}

const name = (labels: Readonly<Record<string, string>>, id: string): string =>
  withinSentence(labels[id] ?? id)

/** How the sentence of an arm that helped goes on, once its comparison with a regulariser is decided. */
const clause = (one: ComparisonDetail, margin: number, labels: Readonly<Record<string, string>>): string => {
  const regulariser = `${name(labels, one.against)}, which needs no teacher`
  const { estimate, simultaneous, metric } = one
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

/** The sentences of arms that helped, each going on with what the teacher adds. */
export const withTeacherClause = (
  comparisons: readonly ComparisonDetail[],
  smoothing: readonly ComparisonDetail[],
  margin: number,
  labels: Readonly<Record<string, string>>,
): ComparisonDetail[] =>
  comparisons.map((one) => {
    if (one.word !== 'helped') return one
    const clauses = smoothing
      .filter(({ arm }) => arm === one.arm)
      .map((other) => clause(other, margin, labels))
    return { ...one, sentence: `${one.sentence.replace(/\.$/, '')}${clauses.join('')}.` }
  })

/** The answer to "Is it the teacher?" over all arms, one regulariser after the other. */
export const smoothingAnswer = (
  comparisons: readonly ComparisonDetail[],
  margin: number,
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
      const of = (word: ComparisonDetail['word']): ComparisonDetail[] =>
        own.filter((one) => one.word === word)
      const names = (list: readonly ComparisonDetail[]): string =>
        joinAnd(list.map(({ arm }) => name(labels, arm)))
      const say = (
        word: ComparisonDetail['word'],
        text: (list: readonly ComparisonDetail[], several: boolean) => string,
      ): string[] => {
        const list = of(word)
        return list.length === 0 ? [] : [capital(text(list, list.length > 1))]
      }
      return [
        ...say(
          'helped',
          (list, several) =>
            `for ${names(list)}, yes: ${several ? 'they add' : 'it adds'} ${amounts(list, margin)} to what ${regulariser} gives.`,
        ),
        ...say(
          'no practical difference',
          (list) => `${regulariser}, which needs no teacher, did as well as ${names(list)}.`,
        ),
        ...say('hurt', (list) => `${regulariser}, which needs no teacher, did better than ${names(list)}.`),
        ...say(
          'inconclusive',
          (list, several) =>
            `${names(list)} ${several ? 'are' : 'is'} not shown to add to ${regulariser}, which needs no teacher (${ranges(list, margin)}).`,
        ),
      ]
    })
    .join(' ')
}

const amounts = (list: readonly ComparisonDetail[], margin: number): string =>
  joinAnd(
    list.map(({ metric, estimate, simultaneous }) =>
      plainAmount(metric, estimate ?? 0, digitsFor(metric, simultaneous ?? [0, 0], margin)),
    ),
  )

const ranges = (list: readonly ComparisonDetail[], margin: number): string =>
  joinAnd(
    list.map(({ metric, simultaneous }) =>
      simultaneous === null
        ? '–'
        : signedRange(metric, simultaneous, digitsFor(metric, simultaneous, margin)),
    ),
  )

import type { SpokenMetric } from '../contracts/verdict.ts'
import type { JudgedComparison } from './comparison.ts'
import { judgeAgainst, withHolm } from './judge.ts'
import type { JudgedArm, JudgeInput, ReadAt } from './question.ts'

export type SmoothingInput<Metric extends SpokenMetric> = Omit<
  JudgeInput<Metric>,
  'control' | 'family' | 'corrected' | 'readAt'
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
export const judgeSmoothing = <Metric extends SpokenMetric>(
  input: SmoothingInput<Metric>,
): JudgedComparison<Metric>[] => {
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
      arms: [...arms],
    })
    return judged.map((one) => noteEarlier(one, primary))
  })
  return withHolm(found, corrected)
}

/** An arm that went on after its regulariser was decided is read where both still had the same seeds. */
const noteEarlier = <Metric extends SpokenMetric>(
  one: JudgedComparison<Metric>,
  primary: ReadonlyMap<string, ReadAt>,
): JudgedComparison<Metric> =>
  (primary.get(one.arm)?.look ?? 0) <= one.look.index
    ? one
    : { ...one, notes: [...one.notes, { kind: 'read-earlier', seeds: one.look.seeds }] }

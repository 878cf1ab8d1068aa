import type { SpokenMetric } from '../contracts/verdict.ts'
import type { Look } from '../contracts/protocol.ts'
import type { JudgeInput } from './question.ts'

/** The looks of a family: where none are given, one at all planned seeds, with all of alpha. */
export const looksOf = ({
  looks,
  plannedSeeds,
  alpha,
}: Pick<JudgeInput, 'looks' | 'plannedSeeds' | 'alpha'>): Look[] =>
  looks ?? [{ seeds: plannedSeeds.length, alpha }]

/** A look of the family, with the planned seeds that it takes. */
export interface LookState {
  index: number
  of: number
  seeds: number[]
  alpha: number
  /** Of the protocol's last look: what further seeds are planned with. */
  lastAlpha: number
  taken: boolean
}

/** @throws RangeError where there is no look of this index. */
export const lookState = (input: JudgeInput<SpokenMetric>, index: number): LookState => {
  const looks = looksOf(input)
  const look = looks[index]
  const last = looks.at(-1)
  if (look === undefined || last === undefined)
    throw new RangeError(`index: look ${index} of ${looks.length}`)
  return {
    index,
    of: looks.length,
    seeds: input.plannedSeeds.slice(0, look.seeds),
    alpha: look.alpha,
    lastAlpha: last.alpha,
    taken: index < (input.looksTaken ?? looks.length),
  }
}

import type { Look } from '../contracts/protocol.ts'
import type { JudgeInput } from './question.ts'

/** The looks of a family: where none are given, one at all planned seeds, with all of alpha. */
export const looksOf = ({
  looks,
  plannedSeeds,
  alpha,
}: Pick<JudgeInput, 'looks' | 'plannedSeeds' | 'alpha'>): Look[] =>
  looks ?? [{ seeds: plannedSeeds.length, alpha }]

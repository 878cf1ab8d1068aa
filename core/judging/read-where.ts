import type { JudgedComparison } from './comparison.ts'
import type { NoWord } from './no-word.ts'
import type { ReadAt } from './question.ts'

/** Why a secondary question has no word beside a primary one that has none: while that is on the way, the same. */
const without = ({ noWord, provisional }: JudgedComparison): NoWord | null =>
  noWord === null || provisional ? noWord : { why: 'no-primary-word', because: noWord }

/**
 * Secondary questions are read where the primary one was, and have a word only where it has one.
 * @param declared the protocol has margins for them; else they are exploratory and have no words.
 */
export const readWhere = (
  primary: readonly JudgedComparison[],
  declared: boolean = true,
): Map<string, ReadAt> =>
  new Map(
    primary.map((one) => [
      one.arm,
      { look: one.look.index, withheld: without(one) ?? (declared ? null : { why: 'exploratory' }) },
    ]),
  )

import type { ComparisonDetail } from '../contracts/verdict.ts'
import type { ReadAt } from './question.ts'

export const noPrimaryWord = 'the primary question has no word'
export const exploratory = 'exploratory: the protocol declared no margin for it'

/**
 * Secondary questions are read where the primary one was, and have a word only where it has one.
 * @param declared the protocol has margins for them; else they are exploratory and have no words.
 */
export const readWhere = (
  primary: readonly ComparisonDetail[],
  declared: boolean = true,
): Map<string, ReadAt> =>
  new Map(
    primary.map(({ arm, look, word, reason, provisional }) => [
      arm,
      {
        look: look.index,
        withheld:
          word === null
            ? { reason: provisional ? (reason ?? '') : `${noPrimaryWord} (${reason})`, provisional }
            : declared
              ? null
              : { reason: exploratory, provisional: false },
      },
    ]),
  )

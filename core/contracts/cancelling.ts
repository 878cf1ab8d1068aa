/** What the words of an experiment lose when one of its runs is cancelled. */
export interface Cancelling {
  /** Labels of the arms that then get no word, and would have had the chance of one. */
  arms: string[]
  /** No arm that goes on keeps that chance. */
  all: boolean
  /** An arm has its word from an earlier look, and keeps it. */
  decidedBefore: boolean
  /** Other open runs that can then give no word any more. */
  runs: number
}

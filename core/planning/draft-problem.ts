export interface DraftProblem {
  /** Dotted path of the field in the draft. */
  path: string
  message: string
}

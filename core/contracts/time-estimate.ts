/** How long something is expected to take, ms. `lowMs` is `highMs` where this machine has shown how fast it is. */
export interface TimeEstimate {
  ms: number
  lowMs: number
  highMs: number
}

import { timings } from './timings.ts'

export interface BackOff {
  /** Milliseconds to wait now; doubles with every call up to the longest. */
  next(): number
  reset(): void
}

/** Waits between attempts at a call that fails. */
export const createBackOff = (): BackOff => {
  let waitMs: number = timings.backOffMs
  return {
    next() {
      const current = waitMs
      waitMs = Math.min(waitMs * 2, timings.longestBackOffMs)
      return current
    },
    reset() {
      waitMs = timings.backOffMs
    },
  }
}

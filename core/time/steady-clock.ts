/** A clock for what is stored and shown, and a count for what is waited for. */
export interface SteadyClock {
  /** Milliseconds since 1970, whole; never less than what it has said before, whatever is done to the machine's clock. */
  now(): number
  /** Milliseconds that pass evenly, from any beginning: for how long something takes or lasts, never for a date. */
  elapsed(): number
  /** Says nothing earlier than `time` (ms since 1970) from now on. */
  notBefore(time: number): void
}

/**
 * Follows `wall`; where that is set back it goes on from its last answer at the pace of `elapsed`, until `wall` has
 * caught up. So order and durations hold on screen, and a clock that was set forward is believed.
 *
 * @param wall milliseconds since 1970, as the machine says them
 * @param elapsed milliseconds of a monotonic clock
 */
export function createSteadyClock(wall: () => number, elapsed: () => number): SteadyClock {
  let last = Number.NEGATIVE_INFINITY
  let lastElapsed = elapsed()
  const advance = (): number => {
    const passed = elapsed()
    last = Math.max(wall(), last + Math.max(0, passed - lastElapsed))
    lastElapsed = passed
    return last
  }
  return {
    now: () => Math.floor(advance()),
    elapsed,
    notBefore: (time) => {
      last = Math.max(advance(), time)
    },
  }
}

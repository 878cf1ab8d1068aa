import { createSteadyClock, type SteadyClock } from '../../core/time/steady-clock.ts'

export type Clock = SteadyClock

/** The clock of this process. */
export const systemClock: Clock = createSteadyClock(
  () => Date.now(),
  () => performance.now(),
)

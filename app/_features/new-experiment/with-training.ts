import type { NetworkFields } from './form-state.ts'
import { countOf } from './read-number.ts'

/**
 * The fields of a network with another schedule. A step schedule that has no milestones yet starts with a half and
 * three quarters of the steps, as He et al. 2016, section 4.2.
 */
export function withSchedule(
  fields: NetworkFields,
  schedule: NetworkFields['schedule'],
): Partial<NetworkFields> {
  const steps = countOf(fields.steps)
  if (schedule !== 'step' || fields.milestones.trim() !== '' || steps === null || steps < 4) {
    return { schedule }
  }
  return { schedule, milestones: [steps / 2, (steps * 3) / 4].map(Math.round).join(', ') }
}

/** The fields of a network with another early stop; one that says no interval yet measures about 20 times. */
export function withEarlyStop(
  fields: NetworkFields,
  earlyStop: NetworkFields['earlyStop'],
): Partial<NetworkFields> {
  const steps = countOf(fields.steps)
  if (earlyStop === 'off' || fields.everySteps.trim() !== '' || steps === null || steps < 1) {
    return { earlyStop }
  }
  return { earlyStop, everySteps: String(Math.max(1, Number((steps / 20).toPrecision(1)))) }
}

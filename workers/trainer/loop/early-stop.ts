import { improvementSign } from '../../../core/metrics/registry.ts'
import type { EarlyStop } from '../../../core/contracts/network.ts'

/** What early stopping remembers: all of it stands in a checkpoint. */
export interface EarlyStopState {
  /** The best measurement so far with the weights that were measured; null before the first. */
  best: { step: number; value: number; weights: Float32Array[] } | null
  /** Measurements in a row since then that were not better. */
  withoutGain: number
}

export const startEarlyStop = (): EarlyStopState => ({ best: null, withoutGain: 0 })

/** Steps done after which the validation set is measured: every `everySteps`, and after the last planned step. */
export const isMeasured = ({ everySteps }: EarlyStop, steps: number, done: number): boolean =>
  done % everySteps === 0 || done === steps

const mostReported = 200

/** Whether the measurement after `done` steps stands on the curve: where there may be more than 200, they are thinned evenly. */
export function isReported({ everySteps }: EarlyStop, steps: number, done: number): boolean {
  const stride = Math.ceil(Math.ceil(steps / everySteps) / mostReported)
  return done === steps || (done / everySteps) % stride === 0
}

/**
 * The state after one more measurement; equal to the best is not better. Training ends once `withoutGain` has reached
 * the patience.
 * @param value accuracy or NLL of the whole validation set in evaluation mode, finite
 * @param readWeights called where the measurement is the best so far
 */
export function afterMeasurement(
  { metric }: EarlyStop,
  state: EarlyStopState,
  measurement: { step: number; value: number },
  readWeights: () => Float32Array[],
): EarlyStopState {
  const { best } = state
  const gain = best === null ? Infinity : (measurement.value - best.value) * improvementSign(metric)
  return gain > 0
    ? { best: { ...measurement, weights: readWeights() }, withoutGain: 0 }
    : { best, withoutGain: state.withoutGain + 1 }
}

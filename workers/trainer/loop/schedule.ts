import type { TrainingSpec } from '../../../core/contracts/network.ts'
import { cosinePi, integerPower } from '../../../core/mathematics/portable-math.ts'

/**
 * Learning rate of step k (from 0) of n, with w warm-up steps (0 where there are none):
 * - k < w: learningRate · (k + 1) / w, the full rate at step w − 1 (Goyal et al. 2017, section 2.2); from then on
 * - `constant`: learningRate;
 * - `cosine`: learningRate · (1 + cos(π(k − w)/(n − w))) / 2 (Loshchilov and Hutter 2017, equation 5, one period);
 * - `step`: learningRate · factor^m with m the number of milestones ≤ k: at milestone 400 step 400 is the first reduced one.
 */
export function learningRateAt(training: TrainingSpec, step: number): number {
  const { schedule, learningRate, steps, warmUpSteps: warmUp = 0 } = training
  if (step < warmUp) return (learningRate * (step + 1)) / warmUp
  if (schedule === 'constant') return learningRate
  if (schedule === 'cosine') return (learningRate * (1 + cosinePi((step - warmUp) / (steps - warmUp)))) / 2
  const passed = schedule.milestones.filter((milestone) => milestone <= step).length
  return learningRate * integerPower(schedule.factor, passed)
}

import type { TrainingSpec } from '../../core/contracts/network.ts'
import { cosinePi } from './loss/portable-math.ts'

/** Learning rate of step k (from 0) of n. Cosine: learningRate · (1 + cos(πk/n)) / 2 (Loshchilov and Hutter 2017). */
export function learningRateAt(training: TrainingSpec, step: number): number {
  if (training.schedule === 'constant') return training.learningRate
  return (training.learningRate * (1 + cosinePi(step / training.steps))) / 2
}

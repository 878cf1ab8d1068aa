import type { OptimizerSpec, TrainingSpec } from '../../../core/contracts/network.ts'
import { epochNumber } from '../../_ui/format.ts'

/** "Adam, β 0.9 and 0.999" or "SGD, momentum 0.9, weight decay 0.0005". */
export function optimizerText(optimizer: OptimizerSpec): string {
  const decay = optimizer.weightDecay === 0 ? '' : `, weight decay ${optimizer.weightDecay}`
  switch (optimizer.name) {
    case 'adam':
      return `Adam, β ${optimizer.beta1} and ${optimizer.beta2}${decay}`
    case 'sgd':
      return `SGD, momentum ${optimizer.momentum}${decay}`
  }
}

/** "0.001, cosine to 0" */
export function rateText({
  learningRate,
  schedule,
}: Pick<TrainingSpec, 'learningRate' | 'schedule'>): string {
  return schedule === 'cosine' ? `${learningRate}, cosine to 0` : `${learningRate}, constant`
}

/** "1 epoch", "6.6 epochs", "1,250 epochs" */
export function epochsText(epochs: number): string {
  const text = epochNumber(epochs)
  return `${text} ${text === '1' ? 'epoch' : 'epochs'}`
}

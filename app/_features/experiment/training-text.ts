import type { EarlyStop, OptimizerSpec, TrainingSpec } from '../../../core/contracts/network.ts'
import { count, counted, epochNumber, listed } from '../../_ui/format.ts'

/** "Adam, β 0.9 and 0.999" or "SGD, Nesterov momentum 0.9, weight decay 0.0005". */
export function optimizerText(optimizer: OptimizerSpec): string {
  const decay = optimizer.weightDecay === 0 ? '' : `, weight decay ${optimizer.weightDecay}`
  switch (optimizer.name) {
    case 'adam':
      return `Adam, β ${optimizer.beta1} and ${optimizer.beta2}${decay}`
    case 'sgd':
      return `SGD, ${optimizer.nesterov === true ? 'Nesterov momentum' : 'momentum'} ${optimizer.momentum}${decay}`
  }
}

/** "0.001, cosine to 0" or "0.1, ÷ 10 at 4,000 and 6,000, warm-up of 100 steps". */
export function rateText({
  learningRate,
  schedule,
  warmUpSteps,
}: Pick<TrainingSpec, 'learningRate' | 'schedule' | 'warmUpSteps'>): string {
  const warmUp = warmUpSteps === undefined ? '' : `, warm-up of ${counted(warmUpSteps, 'step')}`
  return `${learningRate}, ${scheduleText(schedule)}${warmUp}`
}

function scheduleText(schedule: TrainingSpec['schedule']): string {
  if (schedule === 'cosine') return 'cosine to 0'
  if (schedule === 'constant') return 'constant'
  const inverse = Number((1 / schedule.factor).toPrecision(12))
  const change = Number.isInteger(inverse) ? `÷ ${count(inverse)}` : `× ${schedule.factor}`
  return `${change} at ${listed(schedule.milestones.map(count))}`
}

/** What the training has besides its optimizer and rate, as named facts; nothing where it is off. */
export function guardRows({ clipNorm, earlyStop }: TrainingSpec): [name: string, value: string][] {
  return [
    ...(clipNorm === undefined
      ? []
      : [['Gradient clipping', `norm at most ${clipNorm}`] as [string, string]]),
    ...(earlyStop === undefined ? [] : [['Early stop', earlyStopText(earlyStop)] as [string, string]]),
  ]
}

/** "no better validation accuracy 5 times in a row, every 100 steps" */
function earlyStopText({ metric, everySteps, patience }: EarlyStop): string {
  const times = patience === 1 ? 'once' : `${count(patience)} times in a row`
  const every = everySteps === 1 ? 'every step' : `every ${count(everySteps)} steps`
  return `measured ${every}, ends when ${metricNames[metric]} was no better ${times}`
}

/** Which weights are evaluated: "best on validation (accuracy)" or "last step". */
export function evaluatedText({ earlyStop }: Pick<TrainingSpec, 'earlyStop'>): string {
  return earlyStop === undefined ? 'last step' : `best on validation (${metricNames[earlyStop.metric]})`
}

const metricNames = { accuracy: 'accuracy', nll: 'NLL' } as const

/** "1 epoch", "6.6 epochs", "1,250 epochs" */
export function epochsText(epochs: number): string {
  const text = epochNumber(epochs)
  return `${text} ${text === '1' ? 'epoch' : 'epochs'}`
}

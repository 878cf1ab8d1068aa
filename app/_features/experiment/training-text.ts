import type { EarlyStop, OptimizerSpec, TrainingSpec } from '../../../core/contracts/network.ts'
import { everySteps as everyText } from '../../../core/wording/phrases.ts'
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

/** "0.001, cosine to 0" or "0.1, ÷ 10 at 4,000 and 6,000". */
export function rateText({
  learningRate,
  schedule,
}: Pick<TrainingSpec, 'learningRate' | 'schedule'>): string {
  return `${learningRate}, ${scheduleText(schedule)}`
}

function scheduleText(schedule: TrainingSpec['schedule']): string {
  if (schedule === 'cosine') return 'cosine to 0'
  if (schedule === 'constant') return 'constant'
  const inverse = Number((1 / schedule.factor).toPrecision(12))
  const change = Number.isInteger(inverse) ? `÷ ${count(inverse)}` : `× ${schedule.factor}`
  return `${change} at ${listed(schedule.milestones.map(count))}`
}

/** What a training has only where it is on, as named facts to go after its rate. */
export function optionalRows({ warmUpSteps, clipNorm, earlyStop }: TrainingSpec): [string, string][] {
  const rows: [string, string | null][] = [
    ['Warm-up', warmUpSteps === undefined ? null : counted(warmUpSteps, 'step')],
    ['Gradient clipping', clipNorm === undefined ? null : `norm at most ${clipNorm}`],
    ['Early stop', earlyStop === undefined ? null : earlyStopText(earlyStop)],
  ]
  return rows.flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]]))
}

/** "accuracy every 100 steps, patience 5" */
function earlyStopText({ metric, everySteps, patience }: EarlyStop): string {
  return `${metricNames[metric]} ${everyText(everySteps)}, patience ${count(patience)}`
}

/** What an early stop does, as sentences; `many`: of runs that are compared. */
export function earlyStopSentence({ metric, everySteps, patience }: EarlyStop, many: boolean): string {
  const ends =
    patience === 1
      ? 'the first measurement that is not better than the best so far'
      : `${count(patience)} measurements in a row that are not better than the best so far`
  const rule = `Validation ${metricNames[metric]} is measured ${everyText(everySteps)}; training ends after ${ends}, and the weights of the best one are evaluated.`
  return many
    ? `${rule} The rule is the same in all arms, so their runs may make different numbers of steps.`
    : rule
}

/** Which weights are evaluated: "best on validation (accuracy)" or "last step". */
export function evaluatedText({ earlyStop }: Pick<TrainingSpec, 'earlyStop'>): string {
  return earlyStop === undefined ? 'last step' : `best on validation (${metricNames[earlyStop.metric]})`
}

export const metricNames = { accuracy: 'accuracy', nll: 'NLL' } as const

/** "1 epoch", "6.6 epochs", "1,250 epochs" */
export function epochsText(epochs: number): string {
  const text = epochNumber(epochs)
  return `${text} ${text === '1' ? 'epoch' : 'epochs'}`
}

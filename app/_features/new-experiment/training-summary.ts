import { listed } from '../../_ui/format.ts'
import type { NetworkFields } from './form-state.ts'
import { countsOf } from './read-number.ts'

const optimizers = { adam: 'Adam', sgd: 'SGD', nesterov: 'Nesterov SGD' } as const

/** The training of a network in one line, as typed: what is off is not in it. */
export function trainingSummary(fields: NetworkFields): string {
  const { earlyStop } = fields
  return [
    `${earlyStop === 'off' ? '' : 'at most '}${fields.steps} steps`,
    `batch ${fields.batchSize}`,
    `${optimizers[fields.optimizer]} ${fields.learningRate}`,
    fields.schedule === 'step'
      ? `× ${fields.factor} at ${milestonesText(fields.milestones)}`
      : fields.schedule,
    ...(fields.warmUpSteps.trim() === '' ? [] : [`warm-up ${fields.warmUpSteps}`]),
    ...(fields.clipNorm.trim() === '' ? [] : [`clipped at ${fields.clipNorm}`]),
    ...(earlyStop === 'off' ? [] : [`early stop on ${earlyStop === 'nll' ? 'NLL' : 'accuracy'}`]),
  ].join(', ')
}

/** Not as a list with commas, which the line has already. */
function milestonesText(milestones: string): string {
  const steps = countsOf(milestones)
  return steps === null ? milestones.trim() || '…' : listed(steps.map(String))
}

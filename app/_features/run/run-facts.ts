import type { OptimizerSpec } from '../../../core/contracts/network.ts'
import type { RunPage } from '../../../core/contracts/views.ts'
import { count } from '../../_ui/format.ts'

/** What fixes this run, as names and values. */
export function runFacts(page: RunPage): [name: string, value: string][] {
  const { spec } = page
  const { training } = spec
  return [
    ['Loss', page.loss],
    [
      'Network',
      `${[spec.data.inputSize, ...spec.network.hidden, spec.data.classes].join('-')}${spec.network.dropout > 0 ? `, dropout ${spec.network.dropout}` : ''}`,
    ],
    ['Parameters', count(page.parameters)],
    ['Optimizer', optimizerText(training.optimizer)],
    ['Learning rate', `${training.learningRate}, ${training.schedule}`],
    ['Batch', String(training.batchSize)],
    ['Steps', `${count(page.steps)}, ${epochsText(page.steps / page.stepsPerEpoch)} epochs`],
    [
      'Labels',
      spec.labels === null
        ? 'all of the training set'
        : `${count(spec.labels.perSeed)}, ${spec.labels.subset === 'fixed' ? 'the same in all seeds' : 'drawn by the seed'}`,
    ],
    ['Seed', String(page.seed)],
  ]
}

/** Fingerprints, shortened; the whole ones are their titles. */
export function runHashes(page: RunPage): [name: string, sha256: string | null][] {
  return [
    ['Data', page.spec.data.hash],
    ['Run spec', page.specHash === '' ? null : page.specHash],
    ['Weights', page.weightsSha256],
  ]
}

function epochsText(epochs: number): string {
  return epochs < 1000 ? String(Number(epochs.toFixed(1))) : count(Math.round(epochs))
}

function optimizerText(optimizer: OptimizerSpec): string {
  const decay = optimizer.weightDecay > 0 ? `, weight decay ${optimizer.weightDecay}` : ''
  switch (optimizer.name) {
    case 'adam':
      return `Adam ${optimizer.beta1}, ${optimizer.beta2}${decay}`
    case 'sgd':
      return `SGD, momentum ${optimizer.momentum}${decay}`
  }
}

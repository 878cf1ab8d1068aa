import type { RunPage } from '../../../core/contracts/views.ts'
import { count } from '../../_ui/format.ts'
import { epochsText, optimizerText, rateText } from '../experiment/training-text.ts'

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
    ['Learning rate', rateText(training)],
    ['Batch', batchText(page.batch)],
    ['Steps', `${count(page.steps)}, ${epochsText(page.steps / page.stepsPerEpoch)}`],
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

function batchText({ size, labelled }: RunPage['batch']): string {
  return labelled === size ? count(size) : `${count(size)}, ${count(labelled)} of them with labels`
}

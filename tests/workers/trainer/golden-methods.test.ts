import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Method } from '../../../core/contracts/arm.ts'
import type { TrainingSpec } from '../../../core/contracts/network.ts'
import { factsOf } from '../../../core/networks/graph.ts'
import { initialWeights } from '../../../workers/trainer/network/initialise.ts'
import { stepOn } from '../../support/engine-steps.ts'
import { onEngine, onPortable } from '../../support/engines.ts'
import { makeSmallRun } from '../../support/small-run.ts'

const soft = { temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 }

/** Hashes of the weights after 40 steps and of the 40 losses, bit by bit. Recorded once: they change with no refactoring. */
const golden: [method: Method | null, weights: string, losses: string][] = [
  [null, '718e5c6c6e2214cb', '52b0838e0905bc70'],
  [{ name: 'scratch' }, '718e5c6c6e2214cb', '52b0838e0905bc70'],
  [{ name: 'label-smoothing', smoothing: 0.1 }, 'fd8ad0e00f3f2e55', 'df7e5ad94c1e5610'],
  [{ name: 'soft-targets', ...soft }, 'bf6ea091d8a1936e', '62e7681c0d226e3b'],
  [
    { name: 'soft-targets', temperature: 1, hardLabelWeight: 0, softTargetWeight: 1 },
    'fbd2766a759046d8',
    '2b7e5d7e05c668c4',
  ],
  [
    { name: 'soft-targets', temperature: 20, hardLabelWeight: 0.5, softTargetWeight: 0.5 },
    'ef1b7577cbbde9e5',
    'efa926c26f111ecf',
  ],
  [
    { name: 'soft-targets-unlabelled', ...soft, unlabelledShare: 0.5 },
    'ecb6bafead2c42bf',
    '3216f152a67889ac',
  ],
  [{ name: 'hard-labels-unlabelled', ...soft, unlabelledShare: 0.3 }, 'b3877cb240c5dd3a', '00927aaddecab48c'],
]

const training: TrainingSpec = {
  steps: 40,
  batchSize: 12,
  optimizer: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 1e-4 },
  learningRate: 0.01,
  schedule: 'cosine',
  warmUpSteps: 4,
}

const hashOf = (parts: readonly ArrayBufferView[]): string => {
  const hash = createHash('sha256')
  for (const { buffer, byteOffset, byteLength } of parts)
    hash.update(new Uint8Array(buffer, byteOffset, byteLength))
  return hash.digest('hex').slice(0, 16)
}

describe.skipIf(!onPortable)('on the portable engine, in every bit as recorded', () => {
  test.each(
    golden.map(([method, weights, losses]) => ({ name: JSON.stringify(method), method, weights, losses })),
  )('$name', async ({ method, weights, losses }) => {
    const size = { inputSize: 20, classes: 5, hidden: [16, 8], examples: 90, labelled: 60 }
    const run = makeSmallRun({ seed: 11, ...size, dropout: 0.25, method, training })
    const initial = initialWeights(factsOf(run.graph), 11)
    const made = await onEngine('wasm', (engine) => stepOn(engine, run, initial, 40))
    expect([hashOf(made.weights), hashOf([Float64Array.from(made.losses)])]).toEqual([weights, losses])
  })
})

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { NetworkSpec, OptimizerSpec, TrainingSpec } from '../../../core/contracts/network.ts'
import type { RunSpec } from '../../../core/contracts/run.ts'
import { onPortable } from '../../support/engines.ts'
import { logitsOf, useTrainingRoom } from '../../support/training-room.ts'

// Whole trainings, recorded in every bit. They change with the training itself alone: then a new engine version goes with it.

const room = useTrainingRoom()

const mlp = (hidden: number[], dropout = 0): NetworkSpec => ({ kind: 'mlp', hidden, dropout })
const adam = (weightDecay = 0): OptimizerSpec => ({
  name: 'adam',
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
  weightDecay,
})
const soft = { temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 }

const teacher = (): RunSpec =>
  room.spec({ armId: 'teacher', method: null, labels: null, seed: 1001, network: mlp([48, 48], 0.5) })

interface Golden {
  name: string
  changes?: Partial<RunSpec>
  training?: Partial<TrainingSpec>
  weights: string
  logits: string
}

const golden: Golden[] = [
  {
    name: 'scratch',
    changes: { method: { name: 'scratch' } },
    weights: 'ce057c963b53c9c498e099b1dd6cd93c',
    logits: 'e7c2419325f562d03df725fb125d9b5f',
  },
  {
    name: 'label-smoothing',
    changes: { method: { name: 'label-smoothing', smoothing: 0.1 } },
    weights: '280ff55ea3db2aa1c886530e07491387',
    logits: '30b7909f9b72833e7cacf033164ae68c',
  },
  {
    name: 'soft-targets',
    changes: { method: { name: 'soft-targets', ...soft } },
    weights: '70ce6fa5fbe73eda466b5e0cd7af7b85',
    logits: '16fcf27a6475839396f9a3cdec7d004c',
  },
  {
    name: 'soft-targets-unlabelled',
    changes: { method: { name: 'soft-targets-unlabelled', ...soft, unlabelledShare: 0.5 } },
    weights: '799b785926c6bb9af81f3a81362da428',
    logits: '9dbcbb2e28c6c5b7fa788670d0090caf',
  },
  {
    name: 'hard-labels-unlabelled',
    changes: { method: { name: 'hard-labels-unlabelled', ...soft, unlabelledShare: 0.3 } },
    weights: 'acad72c10cffd3ab35f7ae9723eacaec',
    logits: '828fad35697ca1f71c4b81963f87ec76',
  },
  {
    name: 'without hidden layers',
    changes: { network: mlp([]) },
    weights: 'e25be8b377f16d59c4c82d51bc3f93fa',
    logits: '5871b859a35f4e292c04e0fd59fb34bc',
  },
  {
    name: 'one hidden layer, dropout 0.3',
    changes: { network: mlp([40], 0.3) },
    weights: '44e8da9707d90714232119ba044e4258',
    logits: 'aba949f7820bb87265e1f3bda5512bbb',
  },
  {
    name: 'dropout 0.5 after three',
    changes: { network: mlp([31, 24, 9], 0.5) },
    weights: '2749c89fdb7faf971f429c9bcb579bdd',
    logits: 'd45dbec887b7b2ce0cc5eefe2f60e48b',
  },
  {
    name: 'Adam without decay',
    training: { optimizer: adam() },
    weights: '7d163d38a247b2fefb7d1f0b6cb8363c',
    logits: 'b03f85a0f7c52277e10da701482c4214',
  },
  {
    name: 'Adam with much decay',
    training: { optimizer: adam(0.03) },
    weights: '265d4751a37f5ce1b160d32bc7f5e7a3',
    logits: 'a6ef0ccef5b61c25ab955f2668607775',
  },
  {
    name: 'momentum and decay',
    training: { optimizer: { name: 'sgd', momentum: 0.9, weightDecay: 0.001 }, learningRate: 0.02 },
    weights: '75713f2b80a0799550a61692b7dd5795',
    logits: 'd00cf92990f9a4584ba21e612572ad0d',
  },
  {
    name: 'Nesterov and decay',
    training: {
      optimizer: { name: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0.001 },
      learningRate: 0.02,
    },
    weights: '79829325cda56e3485a059b2d07949ca',
    logits: 'ca6b2f393b3f8ed131d1ae436fbcf101',
  },
  {
    name: 'clipping, warm-up, steps',
    changes: { network: mlp([24, 17], 0.25) },
    training: {
      clipNorm: 0.5,
      warmUpSteps: 10,
      schedule: { name: 'step', milestones: [60, 100], factor: 0.3 },
    },
    weights: '4692185a87210a9bd4b977e0da6fefad',
    logits: 'caa5c5438efe842b90e02424939783e8',
  },
  {
    name: 'early stop',
    training: { learningRate: 0.05, earlyStop: { metric: 'nll', everySteps: 10, patience: 2 } },
    weights: 'd29bc305040d7502f4d1a4cfcd52791f',
    logits: 'fab040caddd68bda97ccce6fa793880e',
  },
]

describe.skipIf(!onPortable)('in every bit as recorded', () => {
  let given: ReturnType<typeof room.request>
  let teacherHashes: string[] = []
  beforeAll(async () => {
    const trainer = await room.start()
    given = room.request(teacher())
    await room.train(trainer, given)
    teacherHashes = await hashesOf(given.scratch)
  })

  test('the teacher, all that it leaves', () => {
    expect(teacherHashes).toEqual([
      '8701249517ee5a35c2a7cc8b165f5237',
      '4d4e37b2269eb768ea381af32b352b59',
      '7ec9ef61fd8c1da1dbab21fa260eb9c7',
      'b9c97a3e6ed8ce8b185a1858aa9d8f8a',
      'e32268d4690772fdcdc3b8304d82391e',
      'b528e9b3c10477fab043bc4942fcc0e4',
    ])
  })

  test.each(golden)('$name', async ({ changes, training, weights, logits }) => {
    const spec = room.spec({ ...room.withTraining(training ?? {}), ...changes })
    const request = room.request(spec, { teacherLogits: logitsOf(given) })
    await room.train(await room.start(), request)
    expect(await hashesOf(request.scratch, ['weights.bin', 'predictions/test.npy'])).toEqual([
      weights,
      logits,
    ])
  })

  test('a run that goes on from a checkpoint, and the checkpoint itself', async () => {
    const spec = room.spec({
      network: mlp([24, 17], 0.5),
      method: { name: 'soft-targets', ...soft },
      training: {
        ...room.spec().training,
        clipNorm: 1,
        earlyStop: { metric: 'accuracy', everySteps: 20, patience: 50 },
      },
    })
    const request = room.request(spec, { teacherLogits: logitsOf(given) })
    const trainer = await room.start({ env: { STILLHOUSE_CHECKPOINT_MS: '0' } })
    await room.train(trainer, request)
    const resumeFrom = join(request.scratch, 'checkpoint.bin')
    const resumed = room.request(spec, { teacherLogits: logitsOf(given), resumeFrom })
    const { events } = await room.train(trainer, resumed)
    expect(events.find(({ type }) => type === 'resumed')).toEqual({ type: 'resumed', step: 149 })
    expect(
      await hashesOf(request.scratch, ['checkpoint.bin', 'weights.bin', 'predictions/test.npy']),
    ).toEqual([
      '73b3bde57df18aac1c28a4a51643dce7',
      '2f92121214da4b573c6b4e310a9f3977',
      '04aae104f4bad834f1dbc0e84607de74',
    ])
    expect(await hashesOf(resumed.scratch, ['weights.bin', 'predictions/test.npy'])).toEqual(
      await hashesOf(request.scratch, ['weights.bin', 'predictions/test.npy']),
    )
  })
})

const allFiles = [
  'weights.bin',
  'topology.json',
  'predictions/train.npy',
  'predictions/validation.npy',
  'predictions/test.npy',
  'train/examples.npy',
]

/** The first half of each file's SHA-256. */
const hashesOf = (scratch: string, files: readonly string[] = allFiles): Promise<string[]> =>
  Promise.all(
    files.map(async (file) =>
      createHash('sha256')
        .update(await readFile(join(scratch, file)))
        .digest('hex')
        .slice(0, 32),
    ),
  )

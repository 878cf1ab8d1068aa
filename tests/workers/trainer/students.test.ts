import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Method } from '../../../core/contracts/arm.ts'
import type { RunSpec } from '../../../core/contracts/run.ts'
import type { TrainResult } from '../../../core/contracts/work-report.ts'
import { logitsOf, useTrainingRoom } from '../../support/training-room.ts'

const room = useTrainingRoom()

const teacherSpec = (): RunSpec =>
  room.spec({
    armId: 'teacher',
    method: null,
    labels: null,
    seed: 1001,
    network: { kind: 'mlp', hidden: [48, 48], dropout: 0.5 },
  })

const soft = { temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 }

describe('students', () => {
  test('of all methods learn from stored teacher logits, and those without a teacher do not depend on it', async () => {
    const trainer = await room.start()
    const teacher = room.request(teacherSpec())
    const { result: teacherResult, events } = await room.train(trainer, teacher)
    expect(
      events.some((event) => event.type === 'artifact' && event.artifact.name === 'predictions/train.npy'),
    ).toBe(true)
    expect(teacherResult.figures['test/agreement']).toBeUndefined()
    const teacherLogits = logitsOf(teacher)
    const methods: Method[] = [
      { name: 'scratch' },
      { name: 'label-smoothing', smoothing: 0.1 },
      { name: 'soft-targets', ...soft },
      { name: 'soft-targets-unlabelled', ...soft, unlabelledShare: 0.5 },
      { name: 'hard-labels-unlabelled', ...soft, unlabelledShare: 0.5 },
    ]
    const results: TrainResult[] = []
    for (const method of methods)
      results.push(
        (
          await room.train(
            trainer,
            room.request(room.spec({ armId: method.name, method }), { teacherLogits }),
          )
        ).result,
      )
    expect(new Set(results.map(({ weightsSha256 }) => weightsSha256)).size).toBe(methods.length)
    for (const { figures } of results) {
      expect(figures['test/agreement']).toBeGreaterThan(0.5)
      expect(figures['train/kl']).toBeGreaterThan(0)
    }
    const alone = await room.train(trainer, room.request(room.spec()))
    expect(alone.result.weightsSha256).toBe(results[0]?.weightsSha256)
    expect(alone.result.figures['test/agreement']).toBeUndefined()
  })

  test('follow their teacher closely when they learn from nothing else', async () => {
    const trainer = await room.start()
    const teacher = room.request(teacherSpec())
    await room.train(trainer, teacher)
    const method: Method = { name: 'soft-targets', temperature: 2, hardLabelWeight: 0, softTargetWeight: 1 }
    const optimizer = { name: 'sgd', momentum: 0.9, weightDecay: 0 } as const
    const training = { ...room.spec().training, optimizer, learningRate: 0.05, steps: 2500 }
    const network = { ...room.spec().network, hidden: [96, 96] }
    const spec = room.spec({
      armId: 'copy',
      method,
      network,
      training,
      labels: { perSeed: 400, subset: 'fixed' },
    })
    const { result } = await room.train(trainer, room.request(spec, { teacherLogits: logitsOf(teacher) }))
    expect(result.figures['train/agreement']).toBeGreaterThan(0.97)
    expect(result.figures['train/kl']).toBeLessThan(0.02)
  })

  test('that finished before the teacher get the same agreement and KL afterwards', async () => {
    const trainer = await room.start()
    const spec = room.spec()
    const early = room.request(spec)
    await room.train(trainer, early)
    const teacher = room.request(teacherSpec())
    await room.train(trainer, teacher)
    const teacherLogits = logitsOf(teacher)
    const late = await room.train(trainer, room.request(spec, { teacherLogits }))
    const { end } = await trainer.run({
      type: 'fidelity',
      request: {
        dataset: room.dataset().folder,
        teacherLogits: { train: teacherLogits.train, test: teacherLogits.test },
        runs: [
          {
            runId: 'early',
            spec,
            weights: join(early.scratch, 'weights.bin'),
            testLogits: join(early.scratch, 'predictions', 'test.npy'),
          },
        ],
      },
    })
    if (end.type !== 'fidelity-measured') throw new Error(JSON.stringify(end))
    expect(end.runs).toHaveLength(1)
    for (const key of ['train/agreement', 'train/kl', 'test/agreement', 'test/kl']) {
      expect(end.runs[0]?.figures[key]).toBeDefined()
      expect(end.runs[0]?.figures[key]).toBe(late.result.figures[key])
    }
  })
})

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RunSpec } from '../../../core/contracts/run.ts'
import { encodeNpy } from '../../../core/data/npy.ts'
import type { TrainRequest } from '../../../core/contracts/work-request.ts'
import type { TrainerCommand } from '../../../workers/protocol/trainer-messages.ts'
import { onPortable } from '../../support/engines.ts'
import { pointsOf, useTrainingRoom } from '../../support/training-room.ts'

const room = useTrainingRoom()

const otherEngine = onPortable ? 'native' : 'wasm'

const trainCommand = (spec: RunSpec, changes: Partial<TrainRequest> = {}): TrainerCommand => ({
  type: 'train',
  request: room.request(spec, changes),
})

describe('a run that cannot succeed', () => {
  test('diverges at the first step whose loss is not finite, and the process trains on', async () => {
    const trainer = await room.start()
    const optimizer = { name: 'sgd', momentum: 0.9, weightDecay: 0 } as const
    const spec = room.withTraining({ optimizer, learningRate: 1e20, steps: 500 })
    const { end } = await trainer.run(trainCommand(spec))
    if (end.type !== 'diverged') throw new Error(JSON.stringify(end))
    expect(end.step).toBeGreaterThan(0)
    expect(end.step).toBeLessThan(10)
    expect(end.epochs).toBeCloseTo((end.step * 32) / 100, 12)
    expect(end.text).toContain('learning rate')
    // The steps before it all had a finite loss: the step that was reported is the first.
    const constant = { ...spec.training, schedule: 'constant' as const }
    const full = await trainer.run(trainCommand({ ...spec, training: constant }))
    if (full.end.type !== 'diverged') throw new Error(JSON.stringify(full.end))
    const { step } = full.end
    const until = await trainer.run(trainCommand({ ...spec, training: { ...constant, steps: step } }))
    const last = pointsOf(until.events).find((point) => point.key === 'train/loss' && point.step === step)
    expect(Number.isFinite(last?.value)).toBe(true)
    expect((await trainer.run(trainCommand(room.spec()))).end.type).toBe('trained')
  })

  const badInputs: [string, () => TrainerCommand, RegExp][] = [
    [
      'a folder that is no data set',
      () => trainCommand(room.spec(), { dataset: room.home() }),
      /not a prepared data set/,
    ],
    [
      'a data set with another hash',
      () => trainCommand(room.spec({ data: { ...room.spec().data, hash: '0'.repeat(64) } })),
      /planned for 0000/,
    ],
    [
      'more labels than examples',
      () => trainCommand(room.spec({ labels: { perSeed: 401, subset: 'per-seed' } })),
      /401 labels.*400 examples/,
    ],
    [
      'a method that needs a teacher without its logits',
      () =>
        trainCommand(
          room.spec({
            method: { name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 },
          }),
        ),
      /no teacher logits/,
    ],
    [
      'unlabelled examples where all are labelled',
      () =>
        trainCommand(
          room.spec({
            labels: null,
            method: {
              name: 'soft-targets-unlabelled',
              temperature: 4,
              hardLabelWeight: 0.1,
              softTargetWeight: 0.9,
              unlabelledShare: 0.5,
            },
          }),
          {
            // Any logits of the right shape will do: the check comes before they are used.
            teacherLogits: {
              train: join(room.home(), 'train.npy'),
              validation: join(room.home(), 'validation.npy'),
              test: join(room.home(), 'test.npy'),
            },
          },
        ),
      /all 400 are labelled/,
    ],
    [
      'another engine than planned',
      () => trainCommand(room.spec({ engine: { name: otherEngine, version: 'x' } })),
      new RegExp(`STILLHOUSE_ENGINE=${otherEngine}`),
    ],
    [
      'teacher logits of another shape',
      () => {
        const path = join(room.dataset().folder, 'test.labels.npy')
        return trainCommand(room.spec(), {
          teacherLogits: { train: path, validation: path, test: path },
        })
      },
      /expected float32 \[400, 4\], found int32 \[150\]/,
    ],
    [
      'a network of width 0',
      () => trainCommand(room.spec({ network: { kind: 'mlp', hidden: [0], dropout: 0 } })),
      /did not understand/,
    ],
  ]

  test.each(badInputs)('fails with bad-input for %s', async (name, command, text) => {
    if (name.startsWith('unlabelled')) await writeLogits()
    const { end } = await (await room.start()).run(command())
    expect(end).toMatchObject({ type: 'failed', reason: 'bad-input', text: expect.stringMatching(text) })
  })

  const writeLogits = async (): Promise<void> => {
    for (const split of ['train', 'validation', 'test'] as const) {
      const shape = [room.dataset()[split], room.dataset().classes]
      const data = new Float32Array(room.dataset()[split] * room.dataset().classes)
      await writeFile(join(room.home(), `${split}.npy`), encodeNpy({ dtype: 'float32', shape, data }))
    }
  }

  test.skipIf(!onPortable)(
    'fails with out-of-memory where the wasm memory cannot grow, and the process exits by itself',
    async () => {
      const trainer = await room.start({ nodeFlags: ['--wasm-max-mem-pages=600'] })
      const { end } = await trainer.run(
        trainCommand(room.spec({ network: { kind: 'mlp', hidden: [1500, 1500], dropout: 0 } })),
      )
      expect(end).toMatchObject({ type: 'failed', reason: 'out-of-memory' })
      expect((await trainer.exited).code).toBe(4)
    },
  )
})

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decodeNpy } from '../../../core/data/npy.ts'
import { qualityColumns } from '../../../core/metrics/quality-columns.ts'
import { figuresOfColumns } from '../../../core/metrics/registry.ts'
import { pointsOf, readLogits, useTrainingRoom } from '../../support/training-room.ts'

const room = useTrainingRoom()

describe('a finished run', () => {
  test('leaves artifacts that agree with its figures', async () => {
    const trainer = await room.start()
    const spec = room.spec()
    const request = room.request(spec)
    const { result, events } = await room.train(trainer, request)
    const artifacts = events.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []))
    expect(artifacts.map(({ name }) => name).sort()).toEqual([
      'predictions/test.npy',
      'predictions/validation.npy',
      'topology.json',
      'train/examples.npy',
      'weights.bin',
    ])
    const sizes = new Map<string, number>()
    for (const { name, path, sizeBytes, sha256 } of artifacts) {
      const bytes = await readFile(path)
      expect(bytes.length).toBe(sizeBytes)
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
      sizes.set(name, bytes.length)
      if (name === 'weights.bin') expect(sha256).toBe(result.weightsSha256)
    }
    expect(result.parameters).toBe(20 * 24 + 24 + 24 * 17 + 17 + 17 * 4 + 4)
    expect(result.macs).toBe(20 * 24 + 24 * 17 + 17 * 4)
    expect(sizes.get('weights.bin')).toBe(result.parameters * 4)
    expect(result.sizeBytes).toBe((sizes.get('weights.bin') ?? 0) + (sizes.get('topology.json') ?? 0))
    expect(result.epochs).toBe((150 * 32) / 100)

    const labels = decodeNpy(await readFile(join(room.dataset().folder, 'test.labels.npy')))
    const truth = { labels: Int32Array.from(labels.data), classes: room.dataset().classes }
    const quality = figuresOfColumns(
      qualityColumns(await readLogits(request, 'test'), truth.labels, truth.classes),
      truth,
    )
    expect(result.figures['test/accuracy']).toBe(quality.accuracy)
    expect(result.figures['test/nll']).toBe(quality.nll)
    expect(result.figures['test/brier']).toBe(quality.brier)
    expect(result.figures['test/ece']).toBe(quality.ece)

    const examples = decodeNpy(await readFile(join(request.scratch, 'train', 'examples.npy')))
    expect(examples.shape).toEqual([100, 3])
    const mean = (column: number): number =>
      Array.from({ length: 100 }, (_, i) => examples.data[i * 3 + column] ?? Number.NaN).reduce(
        (a, b) => a + b,
      ) / 100
    expect(mean(0)).toBeCloseTo(result.figures['train/accuracy'] ?? Number.NaN, 12)
    expect(mean(1)).toBeCloseTo(result.figures['train/nll'] ?? Number.NaN, 12)
    expect(mean(2)).toBeCloseTo(result.figures['train/brier'] ?? Number.NaN, 12)
    expect(result.figures['gap/accuracy']).toBeCloseTo(mean(0) - quality.accuracy, 12)
    expect(result.figures['gap/nll']).toBeCloseTo(quality.nll - mean(1), 12)
  })

  test.each([{ hidden: [24, 17] }, { hidden: [] }])(
    'with hidden layers $hidden is reproduced from weights.bin and topology.json in float64',
    async ({ hidden }) => {
      const request = room.request(room.spec({ network: { kind: 'mlp', hidden, dropout: 0.1 } }))
      await room.train(await room.start(), request)
      const file = await readFile(join(request.scratch, 'weights.bin'))
      const topology = JSON.parse(await readFile(join(request.scratch, 'topology.json'), 'utf8')) as {
        weights: { shape: number[]; offsetBytes: number }[]
      }
      const examples = decodeNpy(await readFile(join(room.dataset().folder, 'test.examples.npy'))).data
      let x = Array.from(
        { length: room.dataset().inputSize },
        (_, j) => (examples[3 * room.dataset().inputSize + j] ?? 0) / 255,
      )
      const at = (layer: number): { offset: number; shape: number[] } => {
        const { shape = [], offsetBytes = 0 } = topology.weights[layer] ?? {}
        return { offset: offsetBytes, shape }
      }
      for (let layer = 0; layer < topology.weights.length; layer += 2) {
        const [kernel, bias] = [at(layer), at(layer + 1)]
        const out = kernel.shape[1] ?? 0
        x = Array.from({ length: out }, (_, j) => {
          const z = x.reduce(
            (sum, value, i) => sum + value * file.readFloatLE(kernel.offset + (i * out + j) * 4),
            file.readFloatLE(bias.offset + j * 4),
          )
          return layer + 2 < topology.weights.length ? Math.max(z, 0) : z
        })
      }
      const logits = await readLogits(request, 'test')
      x.forEach((z, k) => expect(logits[3 * room.dataset().classes + k]).toBeCloseTo(z, 4))
    },
  )

  test('has curves that end in its figures, and says nothing of the test set before', async () => {
    const { result, events } = await room.train(await room.start(), room.request(room.spec()))
    const points = pointsOf(events)
    expect(new Set(points.map(({ key }) => key))).toEqual(
      new Set([
        'train/loss',
        'learning-rate',
        'train/accuracy',
        'train/nll',
        'validation/accuracy',
        'validation/nll',
      ]),
    )
    for (const key of ['train/accuracy', 'validation/nll'])
      expect(points.findLast((point) => point.key === key)).toEqual({
        key,
        step: 150,
        value: result.figures[key],
      })
    const losses = points.filter(({ key }) => key === 'train/loss')
    expect(losses).toHaveLength(48)
    expect(losses.at(-1)?.value).toBeLessThan((losses[0]?.value ?? 0) / 2)
    expect(result.figures['test/accuracy']).toBeGreaterThan(0.5)
  })
})

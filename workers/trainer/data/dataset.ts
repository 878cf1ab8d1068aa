import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Sha256 } from '../../../core/contracts/protocol.ts'
import type { RunSpec } from '../../../core/contracts/run.ts'
import { decodeNpy } from '../../../core/data/npy.ts'
import type { NpyArray } from '../../../core/data/npy.ts'
import { TrainerFailure } from '../failure.ts'
import type { Examples } from './gather-inputs.ts'
import { allFinite } from '../evaluate/predict.ts'

const splits = ['train', 'validation', 'test'] as const
export type SplitName = (typeof splits)[number]

/** meta.json of a prepared data set. Fields that the trainer does not use may stand beside these. */
const DatasetMeta = z
  .object({
    hash: Sha256,
    name: z.string(),
    classes: z.int().min(2),
    inputSize: z.int().min(1),
    train: z.int().min(1),
    validation: z.int().min(1),
    test: z.int().min(1),
  })
  .and(
    z.union([
      /** Inputs as they stand in the files. */
      z.object({ dtype: z.literal('float32') }),
      /** Bytes; a byte times the scale is an input. */
      z.object({ dtype: z.literal('uint8').default('uint8'), scale: z.number().positive() }),
    ]),
  )
export type DatasetMeta = z.infer<typeof DatasetMeta>

export interface SplitData {
  examples: Examples
  /** [N], classes 0 to K − 1. */
  labels: Int32Array
  count: number
}

export interface Dataset extends Record<SplitName, SplitData> {
  meta: DatasetMeta
}

const inputError = (text: string, cause?: unknown): TrainerFailure =>
  new TrainerFailure('bad-input', text, { cause })

interface ArrayData {
  float32: Float32Array
  int32: Int32Array
  uint8: Uint8Array
}

/** A .npy file of the given type and shape; `bad-input` with the file's name for anything else. */
export async function readArray<D extends keyof ArrayData>(
  path: string,
  dtype: D,
  shape: readonly number[],
): Promise<ArrayData[D]> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw inputError(`Cannot read ${path}. Was it moved or deleted?`, error)
  })
  let array: NpyArray
  try {
    array = decodeNpy(bytes)
  } catch (error) {
    throw inputError(`${path}: ${error instanceof Error ? error.message : String(error)}`, error)
  }
  if (array.dtype !== dtype || array.shape.join() !== shape.join())
    throw inputError(
      `${path}: expected ${dtype} [${shape.join(', ')}], found ${array.dtype} [${array.shape.join(', ')}]`,
    )
  // The type of the data follows from the dtype, which was just compared.
  return array.data as ArrayData[D]
}

async function readMeta(folder: string): Promise<DatasetMeta> {
  const path = join(folder, 'meta.json')
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw inputError(
      `${folder} is not a prepared data set: meta.json cannot be read. Prepare it again.`,
      error,
    )
  })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw inputError(`${path} is not JSON. Prepare the data set again.`, error)
  }
  const parsed = DatasetMeta.safeParse(json)
  if (!parsed.success) throw inputError(`${path}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

async function readExamples(path: string, shape: readonly number[], meta: DatasetMeta): Promise<Examples> {
  if (meta.dtype === 'uint8')
    return { dtype: 'uint8', values: await readArray(path, 'uint8', shape), scale: meta.scale }
  const values = await readArray(path, 'float32', shape)
  if (!allFinite(values)) throw inputError(`${path} holds numbers that are not finite. Prepare it again.`)
  return { dtype: 'float32', values }
}

async function readSplit(folder: string, split: SplitName, meta: DatasetMeta): Promise<SplitData> {
  const count = meta[split]
  const [examples, labels] = await Promise.all([
    readExamples(join(folder, `${split}.examples.npy`), [count, meta.inputSize], meta),
    readArray(join(folder, `${split}.labels.npy`), 'int32', [count]),
  ])
  for (const label of labels)
    if (label < 0 || label >= meta.classes)
      throw inputError(`${split}.labels.npy has the label ${label}, classes are 0 to ${meta.classes - 1}.`)
  return { examples, labels, count }
}

export type DatasetReader = (folder: string, expected: RunSpec['data']) => Promise<Dataset>

/**
 * Reads prepared data sets and holds them against what a run expects; fails with `bad-input` and a clear text.
 * The last one is kept, because the runs of an experiment share theirs. Nobody writes into it.
 */
export function createDatasetReader(): DatasetReader {
  let kept: { folder: string; dataset: Dataset } | null = null
  return async (folder, expected) => {
    const meta = await readMeta(folder)
    for (const key of ['hash', 'classes', 'inputSize'] as const)
      if (meta[key] !== expected[key])
        throw inputError(
          `The data set in ${folder} has ${key} ${meta[key]}, the run was planned for ${expected[key]}. Prepare it again.`,
        )
    if (kept?.folder === folder && kept.dataset.meta.hash === meta.hash) return kept.dataset
    kept = null
    const [train, validation, test] = await Promise.all(splits.map((split) => readSplit(folder, split, meta)))
    if (!train || !validation || !test) throw inputError(`${folder} lacks a split.`)
    kept = { folder, dataset: { meta, train, validation, test } }
    return kept.dataset
  }
}

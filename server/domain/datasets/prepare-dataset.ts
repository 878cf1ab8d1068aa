import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { desc, eq } from 'drizzle-orm'
import { canonicalJson } from '../../../core/data/canonical-json.ts'
import { encodeNpy, type NpyArray } from '../../../core/data/npy.ts'
import { DataSpec, type DataName } from '../../../core/contracts/protocol.ts'
import { datasets } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { sha256 } from '../../platform/hash.ts'
import { syncFolder } from '../../platform/sync-folder.ts'
import { datasetCatalogue, type ImageEntry, type TableEntry } from './catalogue.ts'
import { datasetFault } from './dataset-fault.ts'
import {
  datasetParts,
  examplesFile,
  labelsFile,
  metaFile,
  testGroupsFile,
  type DatasetPart,
} from './dataset-files.ts'
import { datasetFolder } from './dataset-paths.ts'
import { splitDataset } from './split-dataset.ts'
import { splitTable } from './split-table.ts'

/** One split of each built-in data set, so that experiments can be compared. */
const splitSeed = 1

/**
 * The data set of a name, split and written to `datasets/<hash>/` for the trainers on first use:
 * meta.json, and for each part `<part>.examples.npy` (uint8 [n, inputSize]; of a table float32, standardised) and
 * `<part>.labels.npy` (int32 [n]); of a table also `test.groups.npy` (int32 [n]), equal where inputs are equal.
 */
export function prepareDataset(ctx: Context, name: DataName): Promise<DataSpec> {
  const own = underWay.get(ctx) ?? new Map<DataName, Promise<DataSpec>>()
  underWay.set(ctx, own)
  const known = own.get(name)
  if (known !== undefined) return known
  const preparing = prepare(ctx, name).finally(() => own.delete(name))
  own.set(name, preparing)
  return preparing
}

/** Two who ask at once get one preparation. */
const underWay = new WeakMap<Context, Map<DataName, Promise<DataSpec>>>()

async function prepare(ctx: Context, name: DataName): Promise<DataSpec> {
  const known = ctx.db.read
    .select()
    .from(datasets)
    .where(eq(datasets.name, name))
    .orderBy(desc(datasets.createdAt))
    .limit(1)
    .get()
  if (known !== undefined && datasetFault(ctx, known.hash) === null) return DataSpec.parse(known.spec)

  const entry = datasetCatalogue[name]
  const { facts, meta, files } = entry.kind === 'table' ? fromTable(name, entry) : fromImages(name, entry)
  const hash = hashFiles({ ...facts, ...meta }, files)
  const spec: DataSpec = { ...facts, hash }
  const single = Object.fromEntries(files.map((file) => [file.name, sha256(file.bytes)]))
  writeFolder(datasetFolder(ctx.folder, hash), [
    ...files,
    { name: metaFile, bytes: Buffer.from(JSON.stringify({ ...spec, ...meta, files: single }, null, 2)) },
  ])
  await ctx.db.withTransaction(({ db }) => {
    db.insert(datasets).values({ hash, name, spec, createdAt: ctx.clock.now() }).onConflictDoNothing().run()
  })
  return spec
}

interface NamedBytes {
  name: string
  bytes: Uint8Array
}

interface Prepared {
  facts: Omit<DataSpec, 'hash'>
  /** Beside the facts in meta.json, and in the hash. */
  meta: object
  files: NamedBytes[]
}

function fromImages(name: DataName, entry: ImageEntry): Prepared {
  const split = splitDataset(entry, splitSeed)
  const { classes, inputSize, scale } = entry
  return {
    facts: {
      name,
      classes,
      inputSize,
      splitSeed,
      ...sizesOf(split),
      testCopiesRemoved: split.testCopiesRemoved,
    },
    meta: { scale },
    files: datasetParts.flatMap((part) => {
      const { examples, labels } = split[part]
      return [
        npy(examplesFile(part), { dtype: 'uint8', shape: [labels.length, inputSize], data: examples }),
        npy(labelsFile(part), { dtype: 'int32', shape: [labels.length], data: labels }),
      ]
    }),
  }
}

function fromTable(name: DataName, entry: TableEntry): Prepared {
  const split = splitTable(entry, splitSeed)
  const { classNames, featureNames, groups, standardisation } = split
  const inputSize = featureNames.length
  return {
    facts: {
      name,
      classes: classNames.length,
      inputSize,
      splitSeed,
      ...sizesOf(split),
      // Copies stand in one part from the beginning.
      testCopiesRemoved: 0,
      groups,
    },
    meta: { dtype: 'float32', target: entry.target, featureNames, classNames, ...standardisation },
    files: [
      ...datasetParts.flatMap((part) => {
        const { examples, labels } = split[part]
        return [
          npy(examplesFile(part), { dtype: 'float32', shape: [labels.length, inputSize], data: examples }),
          npy(labelsFile(part), { dtype: 'int32', shape: [labels.length], data: labels }),
        ]
      }),
      npy(testGroupsFile, { dtype: 'int32', shape: [split.test.labels.length], data: split.testGroups }),
    ],
  }
}

const sizesOf = (split: Record<DatasetPart, { labels: Int32Array }>): Pick<DataSpec, DatasetPart> => ({
  train: split.train.labels.length,
  validation: split.validation.labels.length,
  test: split.test.labels.length,
})

const npy = (name: string, array: NpyArray): NamedBytes => ({ name, bytes: encodeNpy(array) })

function hashFiles(facts: object, files: readonly NamedBytes[]): string {
  const hash = createHash('sha256').update(canonicalJson(facts))
  for (const { name, bytes } of files) hash.update(`\n${name}\n`).update(bytes)
  return hash.digest('hex')
}

/**
 * All files or none: written beside the target, then renamed as one. Over a folder that is there each file takes its
 * place by itself, meta.json last: at no time is a file missing that was there, and what reads it holds it to its hash.
 */
function writeFolder(target: string, files: readonly NamedBytes[]): void {
  const draft = `${target}.${process.pid}.part`
  fs.rmSync(draft, { recursive: true, force: true })
  fs.mkdirSync(draft, { recursive: true })
  for (const { name, bytes } of files) {
    const handle = fs.openSync(path.join(draft, name), 'w')
    fs.writeFileSync(handle, bytes)
    fs.fsyncSync(handle)
    fs.closeSync(handle)
  }
  syncFolder(draft)
  if (fs.existsSync(target)) {
    for (const { name } of files) fs.renameSync(path.join(draft, name), path.join(target, name))
    syncFolder(target)
    fs.rmdirSync(draft)
  } else fs.renameSync(draft, target)
  syncFolder(path.dirname(target))
}

import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { desc, eq } from 'drizzle-orm'
import { encodeNpy } from '../../../core/data/npy.ts'
import { DataSpec, type DataName } from '../../../core/contracts/protocol.ts'
import { datasets } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { canonicalJson } from '../../platform/hash.ts'
import { datasetCatalogue } from './catalogue.ts'
import { splitDataset, type Part } from './split-dataset.ts'

/** One split of each built-in data set, so that experiments can be compared. */
const splitSeed = 1

const parts = ['train', 'validation', 'test'] as const

/**
 * The data set of a name, split and written to `datasets/<hash>/` for the trainers on first use:
 * meta.json, and for each part `<part>.examples.npy` (uint8 [n, inputSize]) and `<part>.labels.npy` (int32 [n]).
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
  if (known !== undefined && fs.existsSync(path.join(ctx.folder.datasets, known.hash, 'meta.json'))) {
    return DataSpec.parse(known.spec)
  }

  const entry = datasetCatalogue[name]
  const split = splitDataset(entry, splitSeed)
  const files = parts.flatMap((part) => filesOf(part, split[part], entry.inputSize))
  const facts = {
    name,
    classes: entry.classes,
    inputSize: entry.inputSize,
    splitSeed,
    train: split.train.labels.length,
    validation: split.validation.labels.length,
    test: split.test.labels.length,
    testCopiesRemoved: split.testCopiesRemoved,
  }
  const hash = hashFiles({ ...facts, scale: entry.scale }, files)
  const spec: DataSpec = { ...facts, hash }
  writeFolder(path.join(ctx.folder.datasets, hash), [
    ...files,
    { name: 'meta.json', bytes: Buffer.from(JSON.stringify({ ...spec, scale: entry.scale }, null, 2)) },
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

function filesOf(part: string, { examples, labels }: Part, inputSize: number): NamedBytes[] {
  return [
    {
      name: `${part}.examples.npy`,
      bytes: encodeNpy({ dtype: 'uint8', shape: [labels.length, inputSize], data: examples }),
    },
    {
      name: `${part}.labels.npy`,
      bytes: encodeNpy({ dtype: 'int32', shape: [labels.length], data: labels }),
    },
  ]
}

function hashFiles(facts: object, files: readonly NamedBytes[]): string {
  const hash = createHash('sha256').update(canonicalJson(facts))
  for (const { name, bytes } of files) hash.update(`\n${name}\n`).update(bytes)
  return hash.digest('hex')
}

/** All files or none: written beside the target, then renamed. */
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
  fs.rmSync(target, { recursive: true, force: true })
  fs.renameSync(draft, target)
}

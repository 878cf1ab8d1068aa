import fs from 'node:fs'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { decodeNpy } from '../../core/data/npy.ts'
import type { DataSpec } from '../../core/contracts/protocol.ts'
import { listDatasets } from '../../server/domain/datasets/list-datasets.ts'
import { prepareDataset } from '../../server/domain/datasets/prepare-dataset.ts'
import { readTable } from '../../server/domain/datasets/read-table.ts'
import { packageRoot } from '../../server/platform/package-root.ts'
import { openDomain } from '../support/domain-room.ts'
import { removeFolder, temporaryFolder } from '../support/server.ts'

const parts = ['train', 'validation', 'test'] as const
type Part = (typeof parts)[number]

const Meta = z.object({
  dtype: z.literal('float32'),
  target: z.string(),
  featureNames: z.array(z.string()),
  classNames: z.array(z.string()),
  mean: z.array(z.number()),
  sd: z.array(z.number()),
})

const home = temporaryFolder()
const room = openDomain(home)
let spec: DataSpec
let meta: z.infer<typeof Meta>

beforeAll(async () => {
  spec = await prepareDataset(room.ctx, 'letter')
  meta = Meta.parse(JSON.parse(fs.readFileSync(fileOf('meta.json'), 'utf8')))
})

afterAll(() => {
  room.close()
  removeFolder(home)
})

const fileOf = (name: string): string => path.join(room.ctx.folder.datasets, spec.hash, name)
const read = (name: string) => decodeNpy(fs.readFileSync(fileOf(`${name}.npy`)))

/** "T,2,8,3, …": letter and numbers of every row, back from what the trainers read. */
const rowsOf = (part: Part): string[] => {
  const { data } = read(`${part}.examples`)
  return Array.from(read(`${part}.labels`).data, (label, row) =>
    [
      meta.classNames[label],
      ...meta.mean.map((mean, column) =>
        Math.round((data[row * 16 + column] ?? 0) * (meta.sd[column] ?? 0) + mean),
      ),
    ].join(),
  )
}

const shipped = (): string[] =>
  gunzipSync(fs.readFileSync(path.join(packageRoot, 'server/domain/datasets/files/letter.csv.gz')))
    .toString()
    .trim()
    .split('\n')

describe('the UCI letters, prepared', () => {
  it('have the hash that stored protocols name, in any folder', () => {
    expect(spec).toEqual({
      name: 'letter',
      hash: 'beefa8538f7456552ea35ffce581697195375772e00c665bc39b8ba5840e0ac8',
      classes: 26,
      inputSize: 16,
      splitSeed: 1,
      train: 15_000,
      validation: 1_000,
      test: 4_000,
      testCopiesRemoved: 0,
      groups: { duplicated: 845, copies: 1_332, twoLabels: 0, test: 3_762 },
    })
  })

  it('hold every row of the file once, the target as classes in sorted order', () => {
    const [header, ...rows] = shipped()
    expect([meta.target, ...meta.featureNames].join()).toBe(header)
    expect(meta.classNames.join('')).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
    expect(parts.flatMap(rowsOf).sort()).toEqual(rows.sort())
  })

  it('have equal rows in one part alone, and the groups of the test part are its equal rows', () => {
    const [train, validation, test] = parts.map((part) => rowsOf(part).map((row) => row.slice(2)))
    const [inTrain, inValidation, inTest] = [new Set(train), new Set(validation), new Set(test)]
    expect([...inTest].filter((row) => inTrain.has(row) || inValidation.has(row))).toEqual([])
    expect([...inValidation].filter((row) => inTrain.has(row))).toEqual([])
    const groups = Array.from(read('test.groups').data)
    const rowOf = new Map(groups.map((group, at) => [group, test?.[at]]))
    expect(rowOf.size).toBe(spec.groups?.test)
    expect(inTest.size).toBe(spec.groups?.test)
    expect(groups.map((group) => rowOf.get(group))).toEqual(test)
  })

  it('have each class in its share of every part', () => {
    const whole = new Map<string, number>()
    for (const row of shipped().slice(1)) whole.set(row[0] ?? '', (whole.get(row[0] ?? '') ?? 0) + 1)
    for (const part of parts) {
      const rows = rowsOf(part)
      for (const [name, count] of whole) {
        const own = rows.filter((row) => row.startsWith(name)).length
        expect(Math.abs(own - (count * rows.length) / 20_000)).toBeLessThan(2)
      }
    }
  })

  it('are standardised by the training part alone', () => {
    const { data } = read('train.examples')
    const [test, whole] = [read('test.examples').data, shipped().slice(1)]
    for (let column = 0; column < 16; column++) {
      const mean = (values: ArrayLike<number>): number => {
        let sum = 0
        for (let at = column; at < values.length; at += 16) sum += values[at] ?? 0
        return (sum * 16) / values.length
      }
      expect(mean(data)).toBeCloseTo(0, 6)
      expect(mean(Float64Array.from(data, (value) => value * value))).toBeCloseTo(1, 5)
      expect(Math.abs(mean(test))).toBeGreaterThan(1e-6)
      const ofAll = whole.reduce((sum, row) => sum + Number(row.split(',')[column + 1]), 0) / whole.length
      expect(meta.mean[column]).not.toBe(ofAll)
      expect(meta.mean[column]).toBeCloseTo(ofAll, 0)
    }
  })

  it('are listed with their licence and what was found', async () => {
    const views = await listDatasets(room.ctx)
    expect(views.map(({ name }) => name)).toEqual(['digits', 'mnist', 'letter'])
    expect(views.at(-1)).toMatchObject({
      label: 'UCI letters',
      shape: '16 numbers',
      licence: 'CC BY 4.0',
      classes: 26,
      groups: { copies: 1_332, test: 3_762 },
    })
  })
})

describe('a table', () => {
  const tableOf = (bytes: string | Uint8Array): ReturnType<typeof readTable> =>
    readTable(Buffer.from(bytes), { name: 'f.csv', target: 'y' })

  it('is read with quotes, a byte-order mark, carriage returns and empty lines, compressed or not', () => {
    const text = '\uFEFFy,"a, b",c\r\n"no ""way""",1,2\r\n\r\nyes, 3 ,4e-1\r\n'
    for (const bytes of [Buffer.from(text), gzipSync(text)]) {
      const found = tableOf(bytes)
      expect(found.featureNames).toEqual(['a, b', 'c'])
      expect(found.classNames).toEqual(['no "way"', 'yes'])
      expect(Array.from(found.features)).toEqual([1, 2, 3, 0.4])
    }
  })

  it.each([
    ['nothing', '', /^f\.csv: the file is empty/],
    ['an unknown target', 'a,b\n1,2\n', /^f\.csv: there is no column "y": the header has a, b\.$/],
    ['a ragged row', 'y,a\nx,1\nz,2,3\n', /^f\.csv: line 3: 3 cells, the header has 2\.$/],
    ['a word after an empty line', 'y,a\nx,1\n\nz,q\n', /^f\.csv: line 4, column "a" is "q", not a number/],
    ['a missing number', 'y,a\nx,1\nz,\n', /^f\.csv: line 3, column "a" is empty/],
    ['a quote that never ends', 'y,a\nx,1\n"z,2\n', /^f\.csv: not a comma separated table: .* line 3/],
    ['half a gzip file', gzipSync('y,a\nx,1\nz,2\n').subarray(0, 20), /^f\.csv: .* may be cut short\.$/],
  ])('with %s is refused with its place', (_, bytes, message) => {
    expect(() => tableOf(bytes)).toThrow(expect.objectContaining({ code: 'bad-input' }))
    expect(() => tableOf(bytes)).toThrow(message)
  })
})

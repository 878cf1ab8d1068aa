import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { decodeNpy } from '../../../core/data/npy.ts'
import { damagedFault, readFault } from '../../platform/file-checks.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { hashOfFile } from '../../platform/hash.ts'
import type { Context } from '../context.ts'
import { datasetFiles, metaFile } from './dataset-files.ts'
import { datasetFolder } from './dataset-paths.ts'
import { hashDataset } from './hash-dataset.ts'

const mend =
  'Open the page New experiment, which writes damaged files of a data set anew, or put its folder back from a copy.'

type Room = Pick<Context, 'folder' | 'store'>

/** Why a prepared data set is not what its hash says, or null. Hashed once, and again when one of its files has changed. */
export function datasetFault({ folder, store }: Room, hash: string): DomainError | null {
  const own = datasetFolder(folder, hash)
  const files = [metaFile, ...datasetFiles].map((name) => path.join(own, name))
  return store.checks.faultOf(hash, files, () => {
    try {
      return hashDataset(own) === hash ? null : suspectIn(own)
    } catch (error) {
      return faultAt(own, metaFile, error)
    }
  })
}

/** A file of a prepared data set that is what its hash says. Throws what `datasetFault` answers. */
export function readDatasetFile({ folder, store }: Room, hash: string, name: string): Buffer {
  const own = datasetFolder(folder, hash)
  let bytes = Buffer.alloc(0)
  const fault =
    datasetFault({ folder, store }, hash) ??
    store.checks.faultInReading(`${hash}/${name}`, [path.join(own, name)], () => {
      try {
        bytes = fs.readFileSync(path.join(own, name))
        return null
      } catch (error) {
        return faultAt(own, name, error)
      }
    })
  if (fault !== null) throw fault
  return bytes
}

/** An array of whole numbers, one a test example: labels or groups. Throws DomainError. */
export function readTestInts(room: Room, hash: string, name: string, examples: number): Int32Array {
  const { dtype, data } = decodeNpy(readDatasetFile(room, hash, name))
  if (dtype !== 'int32' || data.length !== examples)
    throw new DomainError('damaged', `The file datasets/${hash}/${name} is not ${examples} int32. ${mend}`)
  return data
}

const Meta = z.object({ files: z.record(z.string(), z.string()).default({}) })

/** The first file that is not what meta.json says of it; older folders say nothing of single files. */
function suspectIn(own: string): DomainError {
  const { files } = Meta.parse(JSON.parse(fs.readFileSync(path.join(own, metaFile), 'utf8')))
  for (const [name, sha256] of Object.entries(files)) {
    try {
      if (hashOfFile(path.join(own, name)) !== sha256)
        return damagedFault(`The file ${named(own, name)}`, mend)
    } catch (error) {
      return faultAt(own, name, error)
    }
  }
  return damagedFault(`A file in datasets/${path.basename(own)}`, mend)
}

/** A file that cannot be read; what is no JSON, or other JSON, is damaged. */
const faultAt = (own: string, name: string, error: unknown): DomainError =>
  error instanceof Error && 'code' in error
    ? readFault(error, named(own, name), mend)
    : damagedFault(`The file ${named(own, name)}`, mend)

const named = (own: string, name: string): string => `datasets/${path.basename(own)}/${name}`

import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { CheckedFile, RecordedFile } from '../../core/contracts/verification.ts'
import { decodeNpy } from '../../core/data/npy.ts'
import { compareArrays, type NamedArray } from '../../core/evaluation/compare-arrays.ts'
import { sha256 } from '../platform/hash.ts'

/** null where there is no such file. */
export async function hashFile(file: string): Promise<string | null> {
  const bytes = await readBytes(file)
  return bytes === null ? null : sha256(bytes)
}

/** weights.bin against the one in `folder`, where a training left its files; null: it left none. */
export async function compareWeights(stored: RecordedFile, folder: string | null): Promise<CheckedFile> {
  return await compare(stored, folder, async (bytes, from) => {
    const { weights } = Topology.parse(
      JSON.parse(await fs.promises.readFile(path.join(from, 'topology.json'), 'utf8')),
    )
    return weights.map(({ name, shape, offsetBytes }) => ({
      name,
      values: floats(
        bytes,
        offsetBytes,
        shape.reduce((product, size) => product * size, 1),
      ),
    }))
  })
}

/** predictions/test.npy against the one in `folder`. */
export async function compareLogits(stored: RecordedFile, folder: string | null): Promise<CheckedFile> {
  return await compare(stored, folder, (bytes) => {
    const { dtype, data } = decodeNpy(bytes)
    if (dtype !== 'float32') throw new RangeError(`${stored.name} holds ${dtype}`)
    return Promise.resolve([{ name: stored.name, values: data }])
  })
}

async function compare(
  { name, path: file, sha256: recorded }: RecordedFile,
  folder: string | null,
  read: (bytes: Buffer, folder: string) => Promise<NamedArray[]>,
): Promise<CheckedFile> {
  const stored = await readBytes(file)
  const onDisk = stored === null ? null : sha256(stored)
  const checked = { recorded, listed: null, onDisk }
  if (folder === null) return { ...checked, found: null, difference: null }
  const bytes = await fs.promises.readFile(path.join(folder, name))
  const found = sha256(bytes)
  if (stored === null || found === onDisk) return { ...checked, found, difference: null }
  try {
    const difference = compareArrays(await read(stored, folder), await read(bytes, folder))
    return { ...checked, found, difference }
  } catch (error) {
    // A damaged file may be no array any more, or have another size: then there is no element to name.
    if (!(error instanceof RangeError)) throw error
    return { ...checked, found, difference: null }
  }
}

const Topology = z.object({
  weights: z.array(
    z.object({ name: z.string(), shape: z.array(z.int().min(0)), offsetBytes: z.int().min(0) }),
  ),
})

/** @throws RangeError past the end */
function floats(bytes: Buffer, offset: number, length: number): Float32Array {
  if (offset + length * 4 > bytes.length) throw new RangeError('the file is too short')
  const values = new Float32Array(length)
  new Uint8Array(values.buffer).set(bytes.subarray(offset, offset + length * 4))
  return values
}

async function readBytes(file: string): Promise<Buffer | null> {
  try {
    return await fs.promises.readFile(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

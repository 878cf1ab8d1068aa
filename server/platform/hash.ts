import { createHash, type Hash } from 'node:crypto'
import fs from 'node:fs'
import { canonicalJson } from '../../core/data/canonical-json.ts'

export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export const hashOf = (value: object): string => sha256(canonicalJson(value))

const chunkBytes = 1 << 20

/** SHA-256 of a file. Throws the system's error. */
export function hashOfFile(file: string): string {
  const hash = createHash('sha256')
  addFile(hash, file)
  return hash.digest('hex')
}

/** Adds the bytes of a file to a hash. Throws the system's error. */
export function addFile(hash: Hash, file: string): void {
  const handle = fs.openSync(file, 'r')
  try {
    const chunk = Buffer.allocUnsafe(chunkBytes)
    for (;;) {
      const read = fs.readSync(handle, chunk, 0, chunkBytes, null)
      if (read === 0) return
      hash.update(chunk.subarray(0, read))
    }
  } finally {
    fs.closeSync(handle)
  }
}

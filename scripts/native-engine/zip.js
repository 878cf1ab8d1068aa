import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'
import { Problem } from './problem.js'

/**
 * Reads a ZIP archive (PKWARE APPNOTE 6.3): stored or deflated entries, no ZIP64, no encryption. Checksums of entries are
 * not looked at: the archive as a whole was verified.
 *
 * @param {string} path
 * @returns {Promise<{names: string[], extract: (name: string, to: string) => Promise<void>}>}
 */
export async function openZip(path) {
  const entries = await readDirectory(path)
  return {
    names: [...entries.keys()],
    async extract(name, to) {
      const entry = entries.get(name)
      if (!entry) throw new Problem(`${path} holds no ${name}.`)
      await mkdir(dirname(to), { recursive: true })
      const bytes = createReadStream(path, { ...(await dataRange(path, entry)), highWaterMark: 1 << 20 })
      const out = createWriteStream(to)
      if (entry.method === 0) await pipeline(bytes, out)
      else await pipeline(bytes, createInflateRaw({ chunkSize: 1 << 20 }), out)
    },
  }
}

/** Entries by name: method (0 stored, 8 deflated), compressed size, offset of the local header. */
async function readDirectory(path) {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    // The end record is 22 bytes and a comment of up to 65,535.
    const tail = await read(file, Math.max(0, size - 65_557), Math.min(size, 65_557))
    const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
    if (end < 0 || end + 22 > tail.length) throw new Problem(`${path} is no ZIP archive, or not a whole one.`)
    const directory = await read(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))
    const entries = new Map()
    for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02_01_4b_50;) {
      const nameLength = directory.readUInt16LE(at + 28)
      const rest = directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
      entries.set(directory.toString('utf8', at + 46, at + 46 + nameLength), {
        method: directory.readUInt16LE(at + 10),
        sizeBytes: directory.readUInt32LE(at + 20),
        offset: directory.readUInt32LE(at + 42),
      })
      at += 46 + nameLength + rest
    }
    return entries
  } finally {
    await file.close()
  }
}

/** First and last byte of an entry's data: its local header has a length of its own. */
async function dataRange(path, { offset, sizeBytes }) {
  const file = await open(path)
  try {
    const header = await read(file, offset, 30)
    const start = offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
    return { start, end: start + sizeBytes - 1 }
  } finally {
    await file.close()
  }
}

async function read(file, position, length) {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  return buffer.subarray(0, bytesRead)
}

import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { openZip } from '../../../scripts/native-engine/zip.js'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stillhouse-zip-'))
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

/** A ZIP archive by hand: local header and data of every entry, the directory, the end record with a comment. */
function makeZip(entries: { name: string; data: string; deflated: boolean }[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, data, deflated } of entries) {
    const packed = deflated ? deflateRawSync(data) : Buffer.from(data)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(deflated ? 8 : 0, 4)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(Buffer.byteLength(data), 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    // The local header has an extra field that the directory lacks.
    const extra = Buffer.from([1, 2, 3, 4, 5])
    const local = Buffer.from(common)
    local.writeUInt16LE(extra.length, 24)
    parts.push(Buffer.from('PK\x03\x04'), local, Buffer.from(name), extra, packed)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, rest, Buffer.from(name))
    offset += 30 + Buffer.byteLength(name) + extra.length + packed.length
  }
  const size = Buffer.concat(directory).length
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(size, 8)
  end.writeUInt32LE(offset, 12)
  end.writeUInt16LE(7, 16)
  return Buffer.concat([...parts, ...directory, Buffer.from('PK\x05\x06'), end, Buffer.from('comment')])
}

describe('a ZIP archive', () => {
  it('gives its entries, stored and deflated', async () => {
    const file = path.join(folder, 'two.zip')
    const long = 'all work and no play '.repeat(5000)
    fs.writeFileSync(
      file,
      makeZip([
        { name: 'a/stored.txt', data: 'as it is', deflated: false },
        { name: 'a/b/deflated.txt', data: long, deflated: true },
      ]),
    )
    const zip = await openZip(file)
    expect(zip.names).toEqual(['a/stored.txt', 'a/b/deflated.txt'])
    await zip.extract('a/stored.txt', path.join(folder, 'out', 'stored.txt'))
    await zip.extract('a/b/deflated.txt', path.join(folder, 'out', 'deflated.txt'))
    expect(fs.readFileSync(path.join(folder, 'out', 'stored.txt'), 'utf8')).toBe('as it is')
    expect(fs.readFileSync(path.join(folder, 'out', 'deflated.txt'), 'utf8')).toBe(long)
    await expect(zip.extract('c', path.join(folder, 'c'))).rejects.toThrow('holds no c')
  })

  it('is refused where it is none or was cut short', async () => {
    const file = path.join(folder, 'cut.zip')
    const whole = makeZip([{ name: 'x', data: 'y', deflated: false }])
    for (const bytes of [
      Buffer.from('no archive at all'),
      whole.subarray(0, whole.length - 20),
      Buffer.alloc(0),
    ]) {
      fs.writeFileSync(file, bytes)
      await expect(openZip(file)).rejects.toThrow('no ZIP archive, or not a whole one')
    }
  })
})

import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DomainError } from '../../../server/platform/domain-error.ts'
import { createFileChecks, damagedFault, readFault } from '../../../server/platform/file-checks.ts'
import { createRecent } from '../../../server/platform/recent.ts'

describe('what was used recently', () => {
  it('is kept, and what was not used for longest is forgotten', () => {
    const recent = createRecent<string, number>(2)
    recent.set('a', 1)
    recent.set('b', 2)
    expect(recent.get('a')).toBe(1)
    recent.set('c', 3)
    expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual([1, undefined, 3])
  })
})

describe('a check of a file', () => {
  let folder: string
  let file: string
  const found: string[] = []
  const asked = { times: 0 }

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stillhouse-checks-'))
    file = path.join(folder, 'file')
    fs.writeFileSync(file, 'whole')
    found.length = 0
    asked.times = 0
  })

  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

  const check = (answer: () => DomainError | null): (() => DomainError | null) => {
    const checks = createFileChecks((fault) => found.push(fault.code))
    return () =>
      checks.faultOf('key', [file], () => {
        asked.times += 1
        return answer()
      })
  }

  it('is made once, and again when the file has changed', () => {
    const look = check(() => (fs.readFileSync(file, 'utf8') === 'whole' ? null : damagedFault('It', '')))
    expect([look(), look()]).toEqual([null, null])
    expect(asked.times).toBe(1)
    fs.writeFileSync(file, 'other')
    // Its time may be the same on a coarse clock; its inode is not.
    fs.renameSync(file, `${file}.old`)
    fs.copyFileSync(`${file}.old`, file)
    expect(look()?.code).toBe('damaged')
    expect(look()?.code).toBe('damaged')
    expect(asked.times).toBe(2)
    expect(found).toEqual(['damaged'])
  })

  it.each(['EMFILE', 'EIO', 'EACCES'])('that failed with %s is made again, and fails no more', (code) => {
    let fails = true
    const look = check(() =>
      fails ? readFault(Object.assign(new Error(code), { code }), 'a/file', 'Mend it.') : null,
    )
    expect(look()).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(`a/file cannot be read now (${code})`),
    })
    fails = false
    expect(look()).toBeNull()
  })
})

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const python = (...args: string[]) =>
  spawnSync('python3', args, { cwd: root, encoding: 'utf8', timeout: 110_000 })

const able = python('-c', 'import numpy, scipy').status === 0
const skipped = able ? '' : ' (skipped: this machine has no python3 with numpy and scipy)'

describe(`verdicts recomputed with numpy and scipy${skipped}`, () => {
  it.skipIf(!able)(
    'all figures of 60 random problems agree, whichever words they lead to',
    () => {
      const { status, stdout, stderr } = python('scripts/check-verdicts.py')
      expect(stderr).toBe('')
      expect(stdout).toMatch(/^60 problems, \d{3} comparisons/)
      expect(stdout).toMatch(/^largest difference [\d.e-]+ \(limit 1e-08\)/m)
      for (const word of ['helped', 'hurt', 'no practical difference', 'inconclusive'])
        expect(stdout).toContain(`'${word}': `)
      expect(status).toBe(0)
    },
    120_000,
  )
})

import { describe, expect, it } from 'vitest'
import { runScript, scipyNote, withoutScipy } from '../support/python.ts'

describe(`verdicts recomputed with numpy and scipy${scipyNote}`, () => {
  it.skipIf(withoutScipy)(
    'all figures of 60 random problems agree, whichever words they lead to',
    () => {
      const { status, stdout, stderr } = runScript('scripts/check-verdicts.py')
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

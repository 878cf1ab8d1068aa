import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { judgeUnits, planUnits, runUnit, studyNames } from './run-studies.ts'
import { rowOf } from './study.ts'

const script = fileURLToPath(new URL('../../scripts/simulate.js', import.meta.url))
const simulate = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })

/** Studies in their short form: few replicates, every limit widened by three Monte Carlo standard errors. */
const shortForm = (only: string) =>
  judgeUnits(
    planUnits({ short: true, only }).map((unit) => ({ unit, sums: runUnit(unit) })),
    3,
  )

describe('simulated error rates', () => {
  test.each(studyNames())('every figure of %s keeps its limits, and wrong methods are found out', (study) => {
    const rows = shortForm(study)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ met }) => !met)).toEqual([])
  })

  test('the suite holds wrong methods that must be found out', () => {
    const figure = { measured: 0.95, replicates: 1000 }
    const limits = { nominal: 0.95, high: 0.8, canary: true }
    expect(rowOf({ study: 's', name: 'n' }, figure, limits, { slack: 3 }).met).toBe(false)
  })

  test('the same unit draws the same figures whenever it is run, and another chunk draws others', () => {
    const [unit] = planUnits({ short: true, only: 'p-values' })
    if (unit === undefined) throw new Error('no unit')
    const small = { ...unit, replicates: 50 }
    expect(runUnit(small)).toEqual(runUnit(small))
    expect(runUnit({ ...small, chunk: 7 })).not.toEqual(runUnit(small))
  })

  test('the replicates of a full run are those that the cells ask for', () => {
    const total = planUnits({ only: 'p-values' }).reduce((sum, { replicates }) => sum + replicates, 0)
    expect(total).toBe(20_000)
    expect(planUnits({ only: 'nothing' })).toEqual([])
  })
})

describe('npm run simulate', () => {
  test('--json prints one document, the same whatever the number of processes', () => {
    const { status, stdout } = simulate('--short', '--only', 'p-values', '--json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ missed: 0, rows: shortForm('p-values') })
  })

  test('an unknown study is refused with the names of all', () => {
    const { status, stdout, stderr } = simulate('--only', 'nothing')
    expect(status).toBe(2)
    expect(stdout).toBe('')
    for (const name of studyNames()) expect(stderr).toContain(name)
  })
})

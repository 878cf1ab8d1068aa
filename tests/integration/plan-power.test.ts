import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PlanPreview, PlannedPower } from '../../core/contracts/plan-preview.ts'
import { judgeExperiment } from '../../server/domain/verdicts/judge-experiment.ts'
import { loadExperiment } from '../../server/domain/experiments/load-experiment.ts'
import {
  removeFolder,
  runTrainings,
  smallDraft,
  startTestServer,
  type TestServer,
} from '../support/server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})

afterAll(async () => {
  await server.stop()
  removeFolder(server.home)
})

const preview = (
  changes: Parameters<typeof smallDraft>[0] = {},
  request: { spread?: number } = {},
): Promise<PlanPreview> => server.api.experiments.preview({ ...smallDraft(changes), ...request })

function powerIn({ power, powerReason }: PlanPreview): PlannedPower {
  if (power === null) throw new Error(`The preview has no power: ${powerReason}`)
  return power
}

describe('the preview of a plan on data without earlier experiments', () => {
  it('goes by a guess, says so, and widens it for a test set of 800', async () => {
    const power = powerIn(await preview())
    expect(power.guess).toBe(true)
    expect(power.basis).toMatch(/^a guess/)
    expect(power.examples).toBe(800)
    expect(power.seedSd).toBeCloseTo(0.006 * Math.sqrt(10_000 / 800), 9)
    expect(power.exampleVariance).toBeCloseTo((0.0009 ** 2 * 10_000) / 800 + 4 / 800 ** 2, 12)
  })

  it('goes by the spread that a person states', async () => {
    const power = powerIn(await preview({}, { spread: 0.004 }))
    expect(power).toMatchObject({ guess: false, seedSd: 0.004, seedSdLow: 0.004, seedSdHigh: 0.004 })
    expect(power.basis).toMatch(/^as stated here/)
    expect(power.detectable).toBeLessThan(powerIn(await preview()).detectable)
  })

  it('detects smaller differences with more seeds, and asks what if for its own seeds too', async () => {
    const { whatIf, curve, detectable } = powerIn(await preview({ seeds: 7 }))
    expect(whatIf.map((row) => row.seeds)).toEqual(expect.arrayContaining([5, 7, 8, 10, 14]))
    expect(whatIf.find((row) => row.seeds === 7)?.detectable).toBe(detectable)
    expect(curve.find((point) => point.seeds === 7)?.detectable).toBe(detectable)
    // Control, label smoothing and two methods beside one teacher.
    expect(whatIf.map((row) => row.runs)).toEqual(whatIf.map((row) => 1 + 4 * row.seeds))
  })

  it('with two seeds says why there is nothing to detect', async () => {
    const { power, powerReason, runs } = await preview({ seeds: 2 })
    expect(power).toBeNull()
    expect(powerReason).toContain('no word')
    expect(runs).toBe(9)
  })

  it('plans the last look at its own share of alpha, and counts the first look and all of them', async () => {
    const one = await preview({ seeds: 10 })
    const two = await preview({ seeds: 5, moreLooks: [10] })
    expect(powerIn(one).level).toBeCloseTo(0.05 / 3, 12)
    expect(powerIn(two).level).toBeCloseTo(0.03 / 3, 12)
    expect(powerIn(two).seeds).toBe(10)
    expect(powerIn(two).detectable).toBeGreaterThan(powerIn(one).detectable)
    expect([one.runs, one.allLooks]).toEqual([41, null])
    expect([two.runs, two.allLooks?.runs]).toEqual([21, 41])
  })
})

describe('the preview of a plan after an experiment on the same data', () => {
  let sds: number[]

  beforeAll(async () => {
    const { id } = await runTrainings(server, smallDraft({ seeds: 3 }))
    sds = judgeExperiment(server.ctx, loadExperiment(server.ctx, id))
      .flatMap(({ planning }) => (planning?.sd == null ? [] : [planning.sd]))
      .sort((a, b) => a - b)
  })

  it('goes by the median of its comparisons, with their range', async () => {
    expect(sds).toHaveLength(3)
    const power = powerIn(await preview())
    expect(power.guess).toBe(false)
    expect([power.seedSdLow, power.seedSd, power.seedSdHigh]).toEqual(sds)
    expect(power.basis).toBe(
      `from 1 earlier experiment with this student, range ${((sds[0] ?? 0) * 100).toFixed(2)} to ${((sds[2] ?? 0) * 100).toFixed(2)}`,
    )
  })

  it('with another student says that it goes by the data alone', async () => {
    const student = { ...smallDraft().student, network: { kind: 'mlp' as const, hidden: [12], dropout: 0 } }
    expect(powerIn(await preview({ student })).basis).toMatch(/^from 1 earlier experiment on this data/)
  })

  it('on another metric still goes by a guess', async () => {
    const power = powerIn(await preview({ primaryMetric: 'nll', margin: 0.02 }))
    expect(power.guess).toBe(true)
  })

  it('sets a stated spread beside what was seen', async () => {
    const { basis, seedSd } = powerIn(await preview({}, { spread: 0.02 }))
    expect(seedSd).toBe(0.02)
    expect(basis).toBe(
      `as stated here; 1 earlier experiment with this student showed ${((sds[1] ?? 0) * 100).toFixed(2)}`,
    )
  })
})

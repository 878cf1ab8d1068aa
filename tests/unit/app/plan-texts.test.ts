import type { TimeEstimate } from '../../../core/contracts/time-estimate.ts'
import { assert, constantFrom, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  basisText,
  detects,
  looksText,
  planVerdict,
  timesIn,
} from '../../../app/_features/new-experiment/plan-texts.ts'
import { presetState } from '../../../app/_features/new-experiment/presets.ts'
import { lastSeeds } from '../../../app/_features/new-experiment/read-looks.ts'
import { withSeeds } from '../../../app/_features/new-experiment/with-seeds.ts'
import type { PlannedPower, PlanPreview } from '../../../core/contracts/plan-preview.ts'
import { planPower } from '../../../core/statistics/planning/plan-power.ts'

function powerOf(seedSd: number, exampleVariance: number, seeds: number, upper = seedSd): PlannedPower {
  const spread = {
    seedSd,
    seedSdLow: seedSd,
    seedSdHigh: upper,
    seedSdUpper: upper,
    exampleVariance,
    units: 800,
    range: 0,
  }
  const input = { spread, level: 0.0125, margin: 0.01, seeds }
  const rest = { basis: 'from here', guess: false, alpha: 0.05, examples: 800, whatIf: [] }
  return { ...spread, ...input, ...rest, ...planPower(input) }
}

describe('the verdict on a plan', () => {
  test('with enough seeds names the margin and the chance', () => {
    const { lead, text } = planVerdict(powerOf(0.006, 0.002 ** 2, 11), 'accuracy')
    expect(lead).toBe('Enough for your margin.')
    expect(text).toContain('If a method truly changes accuracy by 1 point, this plan says so 4 times in 5.')
  })

  test('with too few seeds says how many would do, from the spread to its upper limit', () => {
    const { lead, text } = planVerdict(powerOf(0.006, 0.002 ** 2, 8, 0.008), 'accuracy')
    expect(lead).toBe('Too few seeds for your margin.')
    expect(text).toContain('11 to 16 seeds would do.')
  })

  test('with a test set that is too small names no seeds, but how much larger it must be', () => {
    // (3.3393 · 0.4)² = 1.784, and the margin that this test set can carry is sqrt(1.784) points.
    const { lead, text } = planVerdict(powerOf(0.004, 0.004 ** 2, 8), 'accuracy')
    expect(lead).toBe('No number of seeds is enough with this test set.')
    expect(text).toContain(
      'more than 1.8 times as large (now 800 examples), or the margin more than 1.34 points',
    )
    expect(text).not.toContain('would do')
  })

  test('that would hardly ever see the margin says so in plain words', () => {
    const { text } = planVerdict({ ...powerOf(0.006, 0, 8), enough: false, powerAtMargin: 0.004 }, 'accuracy')
    expect(text).toContain('would be seen in fewer than 1 case of 100, and would otherwise')
  })

  test('on a guessed spread says so, on an earlier one does not', () => {
    const power = powerOf(0.006, 0, 8)
    expect(planVerdict({ ...power, guess: true }, 'accuracy').text).toContain('rests on a guess')
    expect(planVerdict(power, 'accuracy').text).not.toContain('guess')
  })

  test('of NLL speaks of nat', () => {
    expect(planVerdict({ ...powerOf(0.001, 0, 8), margin: 0.02 }, 'nll').text).toContain(
      'truly changes NLL by 0.02 nat',
    )
    expect(detects('nll', 0.0123)).toBe('±0.012')
    expect(detects('accuracy', 0.0123)).toBe('±1.23')
  })

  test.each([
    [0.995, '99 times in 100'],
    [0.93, '9 times in 10'],
    [0.81, '4 times in 5'],
    [0.79, '3 times in 4'],
    [0.74, '7 times in 10'],
    [0.15, 'once in 10'],
    [0.05, '5 times in 100'],
    [0.001, 'in fewer than 1 case of 100'],
  ])('a chance of %d is %s', (chance, words) => expect(timesIn(chance)).toBe(words))

  test('a chance is never said larger than it is', () => {
    assert(
      property(integer({ min: 1, max: 999 }), (thousandths) => {
        const words = timesIn(thousandths / 1000)
        const [, times = '1', of = '100'] = /(?:(\d+) times|once) in (\d+)/.exec(words) ?? []
        if (!words.startsWith('in fewer')) {
          expect(Number(times) / Number(of)).toBeLessThanOrEqual(thousandths / 1000 + 1e-9)
        }
      }),
    )
  })
})

test('the basis names the spread, where it is from, the level and the comparisons', () => {
  expect(basisText(powerOf(0.0055, 0, 8, 0.008), 'accuracy', 4)).toBe(
    'Spread between seeds: 0.55 points, from here, shaded. 80\u00a0% power, α\u00a00.05 over 4 comparisons.',
  )
})

const sure = (ms: number): TimeEstimate => ({ ms, lowMs: ms, highMs: ms })

test('one look needs no word on looks; with more, both costs are named', () => {
  const preview = {
    runs: 41,
    time: sure(70 * 60_000),
    allLooks: null,
    power: powerOf(0.006, 0, 16),
  } as PlanPreview
  expect(looksText(preview)).toBe('')
  expect(looksText({ ...preview, allLooks: { runs: 81, time: sure(2 * 3_600_000) } })).toBe(
    'This is said of the last look, at 16 seeds. First look: 41 runs, 70 min; all looks: at most 81 runs, 2 h.',
  )
})

describe('choosing the seeds of the last look', () => {
  const digits = presetState('digits')

  test('sets them, whatever the looks', () => {
    assert(
      property(
        integer({ min: 4, max: 20 }),
        constantFrom(
          { after: 'one-look', looks: '' } as const,
          { after: 'extension', looks: '' } as const,
          { after: 'extension', looks: '11' } as const,
          { after: 'until-decided', looks: '3, 5, 10' } as const,
          { after: 'until-decided', looks: '18 20' } as const,
          { after: 'until-decided', looks: 'x' } as const,
        ),
        (seeds, part) => {
          const form = { ...digits, ...part }
          const next = { ...form, ...withSeeds(form, seeds) }
          expect(lastSeeds(next)).toBe(seeds)
          const first = next.after === 'until-decided' ? Number.parseInt(next.looks, 10) : Number(next.seeds)
          expect(first).toBeGreaterThanOrEqual(3)
          if (next.after !== 'one-look') expect(first).toBeLessThan(seeds)
        },
      ),
    )
  })

  test('keeps the looks that still lie before it', () => {
    const form = { ...digits, after: 'until-decided', looks: '3, 5, 10' } as const
    expect(withSeeds(form, 8)).toEqual({ looks: '3, 5, 8' })
    expect(withSeeds(form, 5)).toEqual({ looks: '3, 5' })
    expect(withSeeds({ ...digits, after: 'extension' }, 12)).toEqual({ looks: '12' })
  })
})

import { describe, expect, it, test } from 'vitest'
import { formatDuration, formatEstimate } from '../../../core/wording/format-duration.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

test.each([
  [0, '1 s'],
  [400, '1 s'],
  [8.6 * second, '9 s'],
  [9.6 * second, '10 s'],
  [43 * second, '45 s'],
  [89 * second, '90 s'],
  [90 * second, '2 min'],
  [59.6 * minute, '60 min'],
  [89 * minute, '89 min'],
  [90 * minute, '1 h 30 min'],
  [119 * minute, '2 h'],
  [35.9 * hour, '35 h 50 min'],
  [36 * hour, '2 days'],
  [13 * day, '13 days'],
  [20 * day, '3 weeks'],
  [58 * day, '8 weeks'],
  [61 * day, '2 months'],
  [400 * day, '13 months'],
  [1_536 * day, '4 years'],
  [99 * 365 * day, '99 years'],
  [1e15, 'more than 100 years'],
  [Number.MAX_VALUE, 'more than 100 years'],
])('%d ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text))

describe('an expected time', () => {
  const range = (lowMs: number, highMs: number) =>
    formatEstimate({ ms: Math.sqrt(lowMs * highMs), lowMs, highMs })

  it('is a number where both ends read the same', () => {
    expect(range(3 * minute, 3 * minute)).toBe('3 min')
    expect(range(178 * second, 182 * second)).toBe('3 min')
  })

  it('is a range with the unit once, or with both units', () => {
    expect(range(60 * second, 3 * minute)).toBe('60 s to 3 min')
    expect(range(2 * minute, 5 * minute)).toBe('2 to 5 min')
    expect(range(40 * minute, 100 * minute)).toBe('40 min to 1 h 40 min')
    expect(range(2 * hour + 10 * minute, 4 * hour + 20 * minute)).toBe('2 h 10 min to 4 h 20 min')
    expect(range(20 * hour, 3 * day)).toBe('20 h to 3 days')
  })
})

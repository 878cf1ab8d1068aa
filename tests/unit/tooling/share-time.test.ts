import { describe, expect, it } from 'vitest'
import { shareTime } from '../../bench/share-time.ts'

describe('the time of a demonstration', () => {
  it('is divided evenly where work overlaps, and adds up to the whole', () => {
    const shares = shareTime(
      [
        { name: 'teacher', from: 10, to: 30 },
        { name: 'students', from: 20, to: 40 },
        { name: 'students', from: 20, to: 30 },
        { name: 'latency', from: 60, to: 200 },
      ],
      { startedAt: 0, endedAt: 100 },
      'idle',
    )
    expect([...shares].map(([name, ms]) => [name, Math.round(ms)])).toEqual([
      ['teacher', 13],
      ['students', 17],
      ['latency', 40],
      ['idle', 30],
    ])
    expect([...shares.values()].reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(100, 9)
  })
})

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { stillLimitMs, watchEvents, watchTraces } from '../../support/still-moving.ts'

describe('a wait that follows what moves', () => {
  test('lasts as long as one trace differs from the one before, however long that is', () => {
    let now = 0
    const moves = watchTraces(100, () => now)
    for (let step = 0; step < 50; step += 1, now += 99) expect(moves(`step ${step}`)).toBe(true)
  })

  test('ends once the trace has stayed the same for the limit, and not before', () => {
    let now = 0
    const moves = watchTraces(100, () => now)
    expect(moves('step 1')).toBe(true)
    now = 99
    expect(moves('step 1')).toBe(true)
    now = 100
    expect(moves('step 1')).toBe(false)
    expect(moves('step 2')).toBe(true)
  })

  test('does not take what lies before its first trace for stillness', () => {
    let now = 0
    const moves = watchTraces(100, () => now)
    now = 1_000
    expect(moves('step 1')).toBe(true)
  })
})

describe('a wait for events', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('is given up only when none has come for the limit', () => {
    const stalled = vi.fn()
    const { moved } = watchEvents(stalled)
    for (let event = 0; event < 10; event += 1) {
      vi.advanceTimersByTime(stillLimitMs - 1)
      moved()
    }
    expect(stalled).not.toHaveBeenCalled()
    vi.advanceTimersByTime(stillLimitMs)
    expect(stalled).toHaveBeenCalledOnce()
  })

  test('is never given up after its end', () => {
    const stalled = vi.fn()
    watchEvents(stalled).end()
    vi.advanceTimersByTime(10 * stillLimitMs)
    expect(stalled).not.toHaveBeenCalled()
  })
})

import { describe, expect, it } from 'vitest'
import { schedule, type Queue, type WaitingJob } from '../../../core/timing/schedule.ts'

const job = (id: string, durationMs: number, after: string[] = [], alone = false): WaitingJob => ({
  id,
  durationMs,
  after,
  alone,
})
const idle = (cores: number): Queue['cores'] => Array.from({ length: cores }, () => null)
const ends = (queue: Partial<Queue>): Record<string, number> =>
  Object.fromEntries(
    [...schedule({ cores: idle(2), waiting: [], coldMs: 0, ...queue })].map(([id, { endMs }]) => [id, endMs]),
  )

describe('the schedule', () => {
  it('gives each core the first job that may begin', () => {
    expect(ends({ waiting: [job('a', 30), job('b', 10), job('c', 10), job('d', 5)] })).toEqual({
      a: 30,
      b: 10,
      c: 20,
      d: 25,
    })
  })

  it('starts what needs no teacher beside it, and students after it', () => {
    const waiting = [job('teacher', 50), job('control', 10), job('student', 10, ['teacher'])]
    expect(ends({ waiting })).toEqual({ teacher: 50, control: 10, student: 60 })
  })

  it('takes one job after the other on one core', () => {
    expect(ends({ cores: idle(1), waiting: [job('a', 3), job('b', 4)] })).toEqual({ a: 3, b: 7 })
  })

  it('measures latency when every core is idle, and starts nothing beside or before it that stands behind', () => {
    const waiting = [job('a', 30), job('b', 10), job('latency', 20, ['a', 'b'], true), job('next', 5)]
    // Not the first before `a` has ended: `next` takes the idle core until then.
    expect(ends({ waiting })).toEqual({ a: 30, b: 10, next: 15, latency: 50 })
    const barrier = [job('a', 30), job('latency', 20, [], true), job('next', 5)]
    expect(ends({ waiting: barrier })).toEqual({ a: 30, latency: 50, next: 55 })
  })

  it('goes on from what the cores do now', () => {
    const cores = [{ id: 'x', leftMs: 7, alone: false }, null]
    expect(ends({ cores, waiting: [job('a', 10), job('b', 10, ['x'])] })).toEqual({ x: 7, a: 10, b: 17 })
  })

  it('waits for a latency job that is under way', () => {
    const cores = [{ id: 'latency', leftMs: 9, alone: true }, null]
    expect(ends({ cores, waiting: [job('a', 1), job('b', 1)] })).toEqual({ latency: 9, a: 10, b: 10 })
  })

  it('starts a process for the first job of an idle core, and again after a latency job', () => {
    const waiting = [
      job('a', 10),
      job('b', 10),
      job('latency', 5, ['a', 'b'], true),
      job('c', 10, ['latency']),
    ]
    expect(ends({ cores: idle(1), coldMs: 3, waiting })).toEqual({ a: 13, b: 23, latency: 28, c: 41 })
  })

  it('says nothing of a job that waits for itself, and ends', () => {
    expect(ends({ waiting: [job('a', 1, ['a']), job('b', 1)] })).toEqual({ b: 1 })
  })

  it('takes a long queue in its stride', () => {
    const waiting = Array.from({ length: 5_000 }, (_, i) => job(String(i), 1))
    const last = job(
      'latency',
      1,
      waiting.map(({ id }) => id),
      true,
    )
    expect(ends({ waiting: [...waiting, last] })['latency']).toBe(2_501)
  })
})

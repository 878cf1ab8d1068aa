import { describe, expect, it } from 'vitest'
import { createReportQueue, type ReportEvent } from '../../../workers/supervisor/report-queue.ts'

const log = (text: string): ReportEvent => ({ type: 'log', level: 'info', text })

describe('createReportQueue', () => {
  it('numbers reports from 1 in the order in which they came', () => {
    const queue = createReportQueue()
    queue.add(log('a'), 10)
    queue.add(log('b'), 20)
    expect(queue.oldest(10)).toEqual([
      { sequence: 1, at: 10, event: log('a') },
      { sequence: 2, at: 20, event: log('b') },
    ])
  })

  it('hands out the same reports until they are acknowledged', () => {
    const queue = createReportQueue()
    for (const text of ['a', 'b', 'c']) queue.add(log(text), 0)
    expect(queue.oldest(2)).toEqual(queue.oldest(2))
    expect(queue.acknowledge(2)).toBe(true)
    expect(queue.oldest(2).map((item) => item.sequence)).toEqual([3])
    expect(queue.size).toBe(1)
  })

  it('says when an acknowledgement moved nothing', () => {
    const queue = createReportQueue()
    queue.add(log('a'), 0)
    expect(queue.acknowledge(0)).toBe(false)
    expect(queue.acknowledge(1)).toBe(true)
    expect(queue.acknowledge(1)).toBe(false)
  })

  it('goes on counting after it was emptied', () => {
    const queue = createReportQueue()
    queue.add(log('a'), 0)
    queue.clear()
    queue.add(log('b'), 0)
    expect(queue.oldest(1)[0]?.sequence).toBe(2)
  })
})

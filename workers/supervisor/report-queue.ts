import type { ReportItem } from '../../core/contracts/work-report.ts'

export type ReportEvent = ReportItem['event']

/** Reports of one attempt, numbered from 1; kept until they are acknowledged. */
export interface ReportQueue {
  add(event: ReportEvent, at: number): void
  /** The oldest unacknowledged reports, at most `limit`. */
  oldest(limit: number): ReportItem[]
  /** Forgets everything up to and including `sequence`. Returns whether that was anything. */
  acknowledge(sequence: number): boolean
  /** Forgets everything. */
  clear(): void
  readonly size: number
}

/** An empty queue whose first report gets sequence 1. */
export const createReportQueue = (): ReportQueue => {
  let items: ReportItem[] = []
  let last = 0
  return {
    add(event, at) {
      last += 1
      items.push({ sequence: last, at, event })
    },
    oldest: (limit) => items.slice(0, limit),
    acknowledge(sequence) {
      const before = items.length
      items = items.filter((item) => item.sequence > sequence)
      return items.length < before
    },
    clear() {
      items = []
    },
    get size() {
      return items.length
    },
  }
}

import { describe, expect, it } from 'vitest'
import type { GatewayInput } from '../../../workers/protocol/gateway-messages.ts'
import { GatewayRefusal } from '../../../workers/supervisor/ipc-gateway.ts'
import { createReporter } from '../../../workers/supervisor/reporter.ts'

type Report = GatewayInput<'report'>
interface Answer {
  acknowledged: number
  stop: boolean
}

const hourMs = 3_600_000

const log = { type: 'log', level: 'info', text: 'x' } as const

/** A reporter of `count` lines to a server that answers as `answer` says, on a clock that ticks with every call. */
const reportTo = (
  count: number,
  answer: (report: Report, call: number) => Answer,
): { drained: Promise<void>; reports: Report[]; said: string[] } => {
  const reports: Report[] = []
  const said: string[] = []
  const reporter = createReporter({
    attemptId: 'a1',
    gateway: {
      report: async (report) => {
        reports.push(report)
        return answer(report, reports.length)
      },
    },
    clock: { now: () => reports.length * hourMs, elapsed: () => reports.length * 1000 },
    onStop: () => said.push('stop'),
    onRefused: (text) => said.push(text),
    giveUpMs: 2000,
  })
  for (let i = 0; i < count; i++) reporter.add(log)
  return { drained: reporter.drain(), reports, said }
}

const all = ({ items }: Report): Answer => ({ acknowledged: items.at(-1)?.sequence ?? 0, stop: false })

describe('createReporter', () => {
  it('sends at most 500 reports at a time', async () => {
    const { drained, reports } = reportTo(1203, all)
    await drained
    expect(reports.map(({ items }) => items.length)).toEqual([500, 500, 203])
  })

  it('gives up after refusals for too long, and says why', async () => {
    const { drained, reports, said } = reportTo(3, () => {
      throw new GatewayRefusal('error', 'database is full')
    })
    await drained
    expect(said).toEqual(['database is full'])
    expect(reports).toHaveLength(3)
  })

  it('counts time that has passed, and not a clock that was set forward', async () => {
    const { drained, reports, said } = reportTo(3, (report, call) => {
      if (call === 1) throw new GatewayRefusal('error', 'busy')
      return all(report)
    })
    await drained
    expect(said).toEqual([])
    expect(reports).toHaveLength(2)
  })

  it('does not give up on a server that does not answer', async () => {
    const { drained, reports, said } = reportTo(3, (report, call) => {
      if (call <= 4) throw new Error('no answer')
      return all(report)
    })
    await drained
    expect(said).toEqual([])
    expect(reports).toHaveLength(5)
  })

  it('says once that an attempt is no longer wanted, and still delivers what is taken', async () => {
    const { drained, reports, said } = reportTo(900, (report) => ({ ...all(report), stop: true }))
    await drained
    expect(said).toEqual(['stop'])
    expect(reports.map(({ items }) => items.length)).toEqual([500, 400])
  })
})

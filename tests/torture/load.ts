import { setTimeout as wait } from 'node:timers/promises'
import type { LiveEvent } from '../../core/contracts/views.ts'
import { readEvents } from '../support/event-stream.ts'
import type { Ledger } from './ledger.ts'
import type { ServerUnderTest } from './server-under-test.ts'
import { createTimeWatch } from './time-watch.ts'

export interface Load {
  /** The longest that the queries of a page took, or take by now, since this was last asked, in ms. */
  takeLongestAnswer(): number
  /** Reads the pages of the experiment and of every run of it, and says which times went backward so far. */
  backward(): Promise<string[]>
  stop(): Promise<void>
}

const streams = 3
const pageReaders = 2
const pauseMs = 60
const clients = 2
const pointsInBatch = 50

/**
 * Readers of the live stream, of what pages ask for, and clients that log, until stopped. A server that is away is asked
 * again.
 */
export function startLoad(server: ServerUnderTest, ledger: Ledger, experimentId: string): Load {
  const times = createTimeWatch()
  let stopped = false
  let longestMs = 0
  const asking = new Set<number>()
  const leave = new Set<() => Promise<void>>()

  async function followStream(): Promise<void> {
    let taken = 0
    let lastId: string | null = null
    while (!stopped) {
      try {
        const reader = await readEvents(server.url, lastId)
        leave.add(reader.leave)
        taken = 0
        // Never true: it ends with the stream, and takes what came on the way.
        await reader
          .until((events) => {
            for (; taken < events.length; taken += 1) {
              const next = events[taken]
              if (next === undefined) continue
              lastId = next.id
              enter(ledger, next.event)
            }
            return false
          })
          .catch(() => undefined)
        leave.delete(reader.leave)
      } catch {
        // Away.
      }
      await wait(pauseMs)
    }
  }

  async function readPages(first: number): Promise<void> {
    for (let turn = first; !stopped; turn += 1) {
      const { api } = server
      const startedAt = performance.now()
      asking.add(startedAt)
      try {
        const page = await api.experiments.page.query({ id: experimentId })
        times.experiment(page)
        const cells = page.progress.flatMap((arm) => arm.cells)
        const cell = cells[turn % cells.length]
        if (cell !== undefined) times.run(await api.runs.page.query({ runId: cell.runId }))
        if (turn % 4 === 0) await api.experiments.verdict.query({ id: experimentId })
        if (turn % 4 === 1) await api.experiments.curves.query({ id: experimentId })
        if (turn % 4 === 2) await api.experiments.list.query({ limit: 20 })
        if (turn % 4 === 3) await api.workers.page.query()
        longestMs = Math.max(longestMs, performance.now() - startedAt)
      } catch {
        // Away, or ended under the question.
      }
      asking.delete(startedAt)
      await wait(pauseMs)
    }
  }

  /** Logs batch after batch to one of the runs; what was not answered is sent again as it was. */
  async function logPoints(client: number): Promise<void> {
    const key = `client/${client}`
    let step = 0
    while (!stopped) {
      const runId = await anyRun(server, experimentId, client)
      if (runId === null) {
        await wait(pauseMs)
        continue
      }
      const at = Date.now()
      const metrics = Array.from({ length: pointsInBatch }, () => {
        step += 1
        return { key, step, value: Math.sin(step), at }
      })
      for (let answered = false; !answered && !stopped;) {
        try {
          await server.api.runs.logBatch.mutate({ runId, metrics })
          answered = true
          for (const point of metrics) ledger.client(runId, key, point.step, point.value)
        } catch {
          await wait(pauseMs)
        }
      }
      await wait(pauseMs)
    }
  }

  const running = [
    ...Array.from({ length: streams }, () => followStream()),
    ...Array.from({ length: pageReaders }, (_, at) => readPages(at * 5)),
    ...Array.from({ length: clients }, (_, at) => logPoints(at)),
  ]
  return {
    takeLongestAnswer: () => {
      const open = [...asking].map((since) => performance.now() - since)
      const taken = Math.max(longestMs, ...open)
      longestMs = 0
      return taken
    },
    backward: async () => {
      const page = await server.api.experiments.page.query({ id: experimentId })
      times.experiment(page)
      for (const { runId } of page.progress.flatMap(({ cells }) => cells)) {
        times.run(await server.api.runs.page.query({ runId }))
      }
      return times.backward()
    },
    stop: async () => {
      stopped = true
      for (const one of leave) await one()
      await Promise.all(running)
    },
  }
}

/** A client stays with its run: the first ones of the experiment. */
async function anyRun(server: ServerUnderTest, id: string, client: number): Promise<string | null> {
  try {
    const page = await server.api.experiments.page.query({ id })
    return page.progress.flatMap(({ cells }) => cells)[client]?.runId ?? null
  } catch {
    return null
  }
}

function enter(ledger: Ledger, event: LiveEvent): void {
  if (event.type === 'log') ledger.line(event.runId, event.at, event.text)
  if (event.type !== 'metrics') return
  for (const { key, step, value } of event.points) ledger.point(event.runId, key, step, value)
}

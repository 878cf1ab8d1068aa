import type { Db } from '../../db/open-database.ts'
import { readMetrics } from '../../db/read-metrics.ts'
import { logLines, metricKeys, metrics, runs } from '../../db/schema.ts'
import { eq } from 'drizzle-orm'

/** What the server has acknowledged: seen on the live stream (published after the commit), or answered to a client. */
export interface Ledger {
  point(runId: string, key: string, step: number, value: number): void
  line(runId: string, at: number, text: string): void
  /** A client's point, answered after the commit. It has to be in what is read. */
  client(runId: string, key: string, step: number, value: number): void
  counts(): { points: number; lines: number; client: number }
  /** What is no longer there, each as text. */
  lost(db: Db): string[]
  /** … and what is stored but in no curve that is read: to be asked when every run has ended. */
  unread(db: Db): string[]
}

const nameOf = (...parts: (string | number)[]): string => parts.join(' ')

export function createLedger(): Ledger {
  const points = new Set<string>()
  const lines = new Set<string>()
  const client = new Set<string>()
  return {
    point: (...parts) => void points.add(nameOf(...parts)),
    line: (...parts) => void lines.add(nameOf(...parts)),
    client: (...parts) => void client.add(nameOf(...parts)),
    counts: () => ({ points: points.size, lines: lines.size, client: client.size }),
    lost: (db) => {
      const stored = new Set(
        db
          .select({ runId: metrics.runId, key: metricKeys.key, step: metrics.step, value: metrics.value })
          .from(metrics)
          .innerJoin(metricKeys, eq(metricKeys.id, metrics.keyId))
          .all()
          .map(({ runId, key, step, value }) => nameOf(runId, key, step, value)),
      )
      const said = new Set(
        db
          .select()
          .from(logLines)
          .all()
          .map(({ runId, at, text }) => nameOf(runId, at, text)),
      )
      return [
        ...[...points, ...client].filter((one) => !stored.has(one)),
        ...[...lines].filter((one) => !said.has(one)),
      ]
    },
    unread: (db) => {
      const read = new Set(
        readAll(db).flatMap(({ runId, key, points: curve }) =>
          curve.map(([step, value]) => nameOf(runId, key, step, value)),
        ),
      )
      return [...points, ...client].filter((one) => !read.has(one))
    },
  }
}

/** Points that are read more than once: same run, key and step. */
export function doubledPoints(db: Db): string[] {
  return readAll(db).flatMap(({ runId, key, points }) => {
    const seen = new Set<number>()
    return points.flatMap(([step]) => {
      if (seen.has(step)) return [nameOf(runId, key, step)]
      seen.add(step)
      return []
    })
  })
}

const readAll = (db: Db): ReturnType<typeof readMetrics> =>
  readMetrics(
    db,
    db
      .select({ id: runs.id })
      .from(runs)
      .all()
      .map(({ id }) => id),
    null,
  )

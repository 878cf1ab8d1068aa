import { sql, type SQL } from 'drizzle-orm'
import type { Db } from './open-database.ts'
import { trainingKeyIds } from './training-key-ids.ts'

export interface MetricSeries {
  runId: string
  key: string
  /** In the order of the steps. */
  points: [step: number, value: number][]
}

interface Row {
  runId: string
  key: string
  step: number
  value: number
}

/** The newest attempt of each of some runs that sent any point; once for all points, not once a point. */
const newest = (runIds: readonly string[]): SQL => sql`
  WITH newest AS (
    SELECT run_id, MAX(attempt) AS attempt FROM metrics
    WHERE run_id IN ${[...runIds]} AND key_id IN (${trainingKeyIds}) GROUP BY run_id
  )`

/**
 * Gives the run `to`, which has no attempts of its own, the points of `from` that its newest attempt sent, and their
 * latest values. What a client logged stays with `from`.
 */
export function copyMetrics(db: Db, { from, to }: { from: string; to: string }): void {
  db.run(sql`
    ${newest([from])}
    INSERT INTO metrics (run_id, key_id, step, value, at, attempt)
    SELECT ${to}, m.key_id, m.step, m.value, m.at, 0
    FROM newest n JOIN metrics m ON m.run_id = n.run_id AND m.attempt = n.attempt`)
  db.run(sql`
    INSERT INTO latest_metrics (run_id, key_id, step, value, at)
    SELECT ${to}, key_id, step, value, at FROM latest_metrics
    WHERE run_id = ${from} AND key_id IN (SELECT key_id FROM metrics WHERE run_id = ${to})`)
}

/**
 * Curves of some runs. An attempt that goes on from a checkpoint sends the curve up to there again, so the points of
 * the newest attempt that sent any are the whole curve; those of older ones are superseded and left out. Points that
 * no attempt sent (a client's, or a shared result's) have attempt 0 and always count.
 */
export function readMetrics(
  db: Db,
  runIds: readonly string[],
  keys: readonly string[] | null,
): MetricSeries[] {
  if (runIds.length === 0) return []
  const rows = db.all<Row>(sql`
    ${newest(runIds)}
    SELECT m.run_id AS runId, k.key AS key, m.step AS step, m.value AS value
    FROM metrics m
    JOIN metric_keys k ON k.id = m.key_id
    LEFT JOIN newest n ON n.run_id = m.run_id
    WHERE m.run_id IN ${[...runIds]} AND (m.attempt = 0 OR m.attempt = n.attempt)
    ${keys === null ? sql`` : sql`AND k.key IN ${[...keys]}`}
    ORDER BY m.run_id, k.key, m.step, m.at`)
  const series: MetricSeries[] = []
  for (const { runId, key, step, value } of rows) {
    let last = series.at(-1)
    if (last?.runId !== runId || last.key !== key) {
      last = { runId, key, points: [] }
      series.push(last)
    }
    last.points.push([step, value])
  }
  return series
}

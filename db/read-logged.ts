import { sql } from 'drizzle-orm'
import type { Db } from './open-database.ts'
import { trainingKeyIds } from './training-key-ids.ts'

export interface LoggedSeries {
  key: string
  /** Steps with a value. */
  steps: number
  /** Ascending in step, of each step the newest value; every so many steps where there are more than was asked for. */
  points: [step: number, value: number][]
}

/** A run's metrics that are no training's own: how many there are, and the series of the first by name. */
export function readLogged(
  db: Db,
  { runId, mostKeys, mostPoints }: { runId: string; mostKeys: number; mostPoints: number },
): { keys: number; series: LoggedSeries[] } {
  const ofClients = sql`
    FROM latest_metrics l JOIN metric_keys k ON k.id = l.key_id
    WHERE l.run_id = ${runId} AND l.key_id NOT IN (${trainingKeyIds})`
  const keys = db.get<{ keys: number }>(sql`SELECT COUNT(*) AS keys ${ofClients}`).keys
  if (keys === 0) return { keys, series: [] }
  const shown = db.all<{ id: number; key: string }>(
    sql`SELECT k.id AS id, k.key AS key ${ofClients} ORDER BY k.key LIMIT ${mostKeys}`,
  )
  const series = shown.map(({ id, key }): LoggedSeries => {
    const ofKey = sql`FROM metrics WHERE run_id = ${runId} AND key_id = ${id}`
    const { steps } = db.get<{ steps: number }>(sql`SELECT COUNT(DISTINCT step) AS steps ${ofKey}`)
    const every = Math.max(1, Math.ceil(steps / mostPoints))
    // SQLite takes the other columns of a group from the row that has the maximum.
    const rows = db.all<{ step: number; value: number }>(sql`
      SELECT step, value FROM (
        SELECT step, value, ROW_NUMBER() OVER (ORDER BY step) AS number
        FROM (SELECT step, value, MAX(at) ${ofKey} GROUP BY step)
      ) WHERE (number - 1) % ${every} = 0 OR number = ${steps} ORDER BY step`)
    return { key, steps, points: rows.map(({ step, value }) => [step, value]) }
  })
  return { keys, series }
}

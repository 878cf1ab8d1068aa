import type Sqlite from 'better-sqlite3'

export interface MetricRow {
  key: string
  step: number
  value: number
  at: number
}

/** The hot path of ingestion: prepared statements on the writer connection, to be called inside a transaction. */
export interface Ingest {
  metrics(runId: string, attempt: number, points: readonly MetricRow[]): void
  logLine(runId: string, at: number, level: 'info' | 'warn' | 'error', text: string): void
}

export function prepareIngest(writer: Sqlite.Database): Ingest {
  const findKey = writer.prepare<[string], { id: number }>('SELECT id FROM metric_keys WHERE key = ?')
  const addKey = writer.prepare<[string], { id: number }>(
    'INSERT INTO metric_keys (key) VALUES (?) ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING id',
  )
  const addPoint = writer.prepare<[string, number, number, number, number, number]>(
    'INSERT INTO metrics (run_id, key_id, step, value, at, attempt) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const setLatest = writer.prepare<[string, number, number, number, number]>(
    `INSERT INTO latest_metrics (run_id, key_id, step, value, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (run_id, key_id) DO UPDATE SET step = excluded.step, value = excluded.value, at = excluded.at`,
  )
  const addLine = writer.prepare<[string, number, string, string]>(
    'INSERT INTO log_lines (run_id, at, level, text) VALUES (?, ?, ?, ?)',
  )

  function keyId(key: string): number {
    const row = findKey.get(key) ?? addKey.get(key)
    if (row === undefined) throw new Error(`The metric key ${key} could not be stored.`)
    return row.id
  }

  return {
    metrics: (runId, attempt, points) => {
      for (const { key, step, value, at } of points) {
        const id = keyId(key)
        addPoint.run(runId, id, step, value, at, attempt)
        setLatest.run(runId, id, step, value, at)
      }
    },
    logLine: (runId, at, level, text) => {
      addLine.run(runId, at, level, text)
    },
  }
}

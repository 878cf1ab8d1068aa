import type Sqlite from 'better-sqlite3'

export interface MetricRow {
  key: string
  step: number
  value: number
  /** Milliseconds since 1970. */
  at: number
}

/** A point that no attempt sent. */
export interface LoggedRow extends MetricRow {
  /** The client named the time itself, so that the point can be known again when it is sent twice. */
  timed: boolean
}

export interface RunOwner {
  experimentId: string
  armId: string | null
  seed: number | null
}

/** The hot path of ingestion: prepared statements on the writer connection, to be called inside a transaction. */
export interface Ingest {
  /** Points of an attempt; the reports that carry them are numbered, so that none comes twice. */
  metrics(runId: string, attempt: number, points: readonly MetricRow[]): void
  /** Points that a client logged beside the attempts. Returns how many were not there yet. */
  logged(runId: string, points: readonly LoggedRow[]): number
  /** Sets a param unless it is set. Returns the value that it had before, or null. */
  param(runId: string, key: string, value: string): string | null
  tag(runId: string, key: string, value: string): void
  logLine(runId: string, at: number, level: 'info' | 'warn' | 'error', text: string): void
  /** null: there is no such run. */
  owner(runId: string): RunOwner | null
}

/** The attempt of points that no attempt sent: they are always read, beside those of the newest attempt. */
const noAttempt = 0

type Latest = Omit<MetricRow, 'key'>

export function prepareIngest(writer: Sqlite.Database): Ingest {
  const findKey = writer.prepare<[string], { id: number }>('SELECT id FROM metric_keys WHERE key = ?')
  const addKey = writer.prepare<[string], { id: number }>(
    'INSERT INTO metric_keys (key) VALUES (?) ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING id',
  )
  const addPoint = writer.prepare<[string, number, number, number, number, number]>(
    'INSERT INTO metrics (run_id, key_id, step, value, at, attempt) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const findPoint = writer
    .prepare<[string, number, number, number, number, number], number>(
      `SELECT 1 FROM metrics
       WHERE run_id = ? AND key_id = ? AND step = ? AND at = ? AND value = ? AND attempt = ? LIMIT 1`,
    )
    .pluck()
  const findLatest = writer.prepare<[string, number], Latest>(
    'SELECT step, value, at FROM latest_metrics WHERE run_id = ? AND key_id = ?',
  )
  const setLatest = writer.prepare<[string, number, number, number, number]>(
    `INSERT INTO latest_metrics (run_id, key_id, step, value, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (run_id, key_id) DO UPDATE SET step = excluded.step, value = excluded.value, at = excluded.at`,
  )
  const findParam = writer
    .prepare<[string, string], string>('SELECT value FROM params WHERE run_id = ? AND key = ?')
    .pluck()
  const addParam = writer.prepare<[string, string, string]>(
    'INSERT INTO params (run_id, key, value) VALUES (?, ?, ?)',
  )
  const setTag = writer.prepare<[string, string, string]>(
    `INSERT INTO tags (run_id, key, value) VALUES (?, ?, ?)
     ON CONFLICT (run_id, key) DO UPDATE SET value = excluded.value`,
  )
  const addLine = writer.prepare<[string, number, string, string]>(
    'INSERT INTO log_lines (run_id, at, level, text) VALUES (?, ?, ?, ?)',
  )
  const findOwner = writer.prepare<[string], RunOwner>(
    'SELECT experiment_id AS experimentId, arm_id AS armId, seed FROM runs WHERE id = ?',
  )

  function keyId(key: string): number {
    const row = findKey.get(key) ?? addKey.get(key)
    if (row === undefined) throw new Error(`The metric key ${key} could not be stored.`)
    return row.id
  }

  /**
   * Keys and latest values are looked up and written once for all points of a key.
   * @param isNewest whether a point takes the place of the latest one so far; then it cannot be there yet.
   */
  function append<Row extends MetricRow>(
    runId: string,
    attempt: number,
    points: readonly Row[],
    isNewest: (point: Row, latest: Latest) => boolean,
    isKnown: (keyId: number, point: Row) => boolean,
  ): number {
    const series = new Map<string, { id: number; before: Latest | undefined; latest: Latest | undefined }>()
    let added = 0
    for (const point of points) {
      const { key, step, value, at } = point
      let one = series.get(key)
      if (one === undefined) {
        const id = keyId(key)
        const before = findLatest.get(runId, id)
        series.set(key, (one = { id, before, latest: before }))
      }
      const newest = one.latest === undefined || isNewest(point, one.latest)
      if (!newest && isKnown(one.id, point)) continue
      addPoint.run(runId, one.id, step, value, at, attempt)
      if (newest) one.latest = point
      added += 1
    }
    for (const { id, before, latest } of series.values()) {
      if (latest !== before && latest !== undefined) {
        setLatest.run(runId, id, latest.step, latest.value, latest.at)
      }
    }
    return added
  }

  return {
    metrics: (runId, attempt, points) => {
      // An attempt sends in order, and what it sends supersedes what an older one left.
      append(
        runId,
        attempt,
        points,
        () => true,
        () => false,
      )
    },
    logged: (runId, points) =>
      append(
        runId,
        noAttempt,
        points,
        isLater,
        (id, { step, at, value, timed }) =>
          timed && findPoint.get(runId, id, step, at, value, noAttempt) !== undefined,
      ),
    param: (runId, key, value) => {
      const before = findParam.get(runId, key) ?? null
      if (before === null) addParam.run(runId, key, value)
      return before
    },
    tag: (runId, key, value) => {
      setTag.run(runId, key, value)
    },
    logLine: (runId, at, level, text) => {
      addLine.run(runId, at, level, text)
    },
    owner: (runId) => findOwner.get(runId) ?? null,
  }
}

/** MLflow's rule for the latest value of a metric: highest step, then time, then value. */
const isLater = (point: Latest, than: Latest): boolean =>
  point.step !== than.step
    ? point.step > than.step
    : point.at !== than.at
      ? point.at > than.at
      : point.value > than.value

import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { createMutex } from './mutex.ts'
import { pragmasFor } from './pragmas.ts'
import { prepareIngest, type Ingest } from './prepare-ingest.ts'
import { refuseOldSqlite, sqliteVersion } from './refuse-old-sqlite.ts'
import * as schema from './schema.ts'

export type Db = BetterSQLite3Database<typeof schema>

export interface Transaction {
  db: Db
  ingest: Ingest
}

export interface Database {
  /** Reads only: a second connection, which never waits for a writer (WAL). */
  read: Db
  /**
   * Runs `work` in one BEGIN IMMEDIATE transaction on the writer connection and rolls back when it throws.
   * Every write goes through here, one after the other; `work` awaits nothing but this database.
   * While another process writes it waits without stopping this one. Throws DatabaseBusyError when that takes too long.
   * @param options.synced false: does not wait for the disk. A killed process loses nothing of it; a power cut may,
   * up to the next transaction that is synced. For what would be sent again.
   */
  withTransaction<T>(work: (tx: Transaction) => T | Promise<T>, options?: { synced?: boolean }): Promise<T>
  close(): void
}

/** The database was written by a newer version of the product. */
export class NewerDatabaseError extends Error {
  override name = 'NewerDatabaseError'
}

/** Another process has held the write lock for longer than a write waits. */
export class DatabaseBusyError extends Error {
  override name = 'DatabaseBusyError'
}

const busyTimeoutMs = 5_000
const writeWaitsMs = 10_000
/** The least that a write waits for another process after it has waited for this one's own writes. */
const ownWaitMs = 250
const shortestPauseMs = 5
const longestPauseMs = 100

/**
 * Opens and migrates the database at `file`. Throws NewerDatabaseError, OldSqliteError, or the SQLite error.
 * @param options.waitsMs how long a write waits for another process
 */
export function openDatabase(
  file: string,
  migrationsFolder: string,
  { waitsMs = writeWaitsMs }: { waitsMs?: number } = {},
): Database {
  refuseOldSqlite(sqliteVersion())
  fs.mkdirSync(path.dirname(file), { recursive: true })
  refuseNewer(file, migrationsFolder)
  const writer = connect(file)
  try {
    migrate(drizzle(writer), { migrationsFolder })
  } catch (error) {
    writer.close()
    throw error
  }
  // SQLite's own waiting would stop the whole process.
  writer.pragma('busy_timeout = 0')
  const reader = connect(file)
  reader.pragma('query_only = ON')
  const tx: Transaction = { db: drizzle(writer, { schema }), ingest: prepareIngest(writer) }
  const mutex = createMutex()

  return {
    read: drizzle(reader, { schema }),
    withTransaction: (work, { synced = true } = {}) => {
      // Counted from here: whoever waits behind others that wait is not to wait longer.
      const until = performance.now() + waitsMs
      return mutex.run(async () => {
        if (!synced) writer.pragma('synchronous = NORMAL')
        try {
          await begin(writer, file, Math.max(until, performance.now() + Math.min(ownWaitMs, waitsMs)))
          const result = await work(tx)
          writer.exec('COMMIT')
          return result
        } catch (error) {
          if (writer.inTransaction) writer.exec('ROLLBACK')
          throw error
        } finally {
          if (!synced) writer.pragma('synchronous = FULL')
        }
      })
    },
    close: () => {
      reader.close()
      writer.close()
    },
  }
}

/** @param until monotonic milliseconds up to which it waits */
async function begin(writer: Sqlite.Database, file: string, until: number): Promise<void> {
  for (let pauseMs = shortestPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      writer.exec('BEGIN IMMEDIATE')
      return
    } catch (error) {
      if (!isBusy(error)) throw error
      if (performance.now() >= until) {
        throw new DatabaseBusyError(
          `Another process has locked the database ${file} for writing. End it (a backup, a shell of sqlite3): what waits goes on by itself.`,
          { cause: error },
        )
      }
      await wait(pauseMs)
    }
  }
}

/** Whether SQLite says that another process holds a lock. */
export const isBusy = (error: unknown): boolean =>
  error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')

function connect(file: string): Sqlite.Database {
  const connection = new Sqlite(file, { timeout: busyTimeoutMs })
  try {
    for (const pragma of pragmasFor(process.platform)) connection.pragma(pragma)
  } catch (error) {
    connection.close()
    throw error
  }
  return connection
}

/** Compares the migrations that the database has with those that this version brings, before anything is changed. */
function refuseNewer(file: string, migrationsFolder: string): void {
  const newest = newestMigration(file)
  const last = Math.max(...readJournal(path.join(migrationsFolder, 'meta', '_journal.json')))
  if (newest !== null && newest > last) {
    throw new NewerDatabaseError(
      'This database was written by a newer version of Stillhouse. Update Stillhouse, or choose another state folder with STILLHOUSE_HOME. Nothing was changed.',
    )
  }
}

/** When the newest migration that the database has was made (ms since 1970); null for one without any. */
function newestMigration(file: string): number | null {
  if (!fs.existsSync(file)) return null
  const connection = new Sqlite(file, { timeout: busyTimeoutMs })
  try {
    const known = connection
      .prepare<[], { name: string }>(`SELECT name FROM sqlite_master WHERE name = '__drizzle_migrations'`)
      .get()
    if (known === undefined) return null
    const newest = connection
      .prepare<[], { at: number | null }>('SELECT MAX(created_at) AS at FROM __drizzle_migrations')
      .get()
    return newest?.at ?? null
  } finally {
    connection.close()
  }
}

function readJournal(file: string): number[] {
  const parsed: unknown = JSON.parse(fs.readFileSync(file, 'utf8'))
  if (typeof parsed === 'object' && parsed !== null && 'entries' in parsed && Array.isArray(parsed.entries)) {
    return parsed.entries.map((entry: { when: number }) => entry.when)
  }
  throw new Error(`${file} is not a migration journal.`)
}

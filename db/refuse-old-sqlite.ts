import Sqlite from 'better-sqlite3'

/** Before it a checkpoint that meets a write may reset the WAL too early, and the database is damaged. */
const oldest = '3.51.3'

/** The SQLite that is installed is known to damage databases of this kind. */
export class OldSqliteError extends Error {
  override name = 'OldSqliteError'
}

const numberOf = (version: string): number =>
  version.split('.').reduce((sum, part) => sum * 1_000 + Number(part), 0)

/** Throws OldSqliteError for a version (such as "3.51.2") that must not open a database. */
export function refuseOldSqlite(version: string): void {
  if (numberOf(version) >= numberOf(oldest)) return
  throw new OldSqliteError(
    `SQLite ${version} came with better-sqlite3, and versions before ${oldest} can damage a database. Run "npm ci" in the folder of Stillhouse, which installs a newer one. Nothing was changed.`,
  )
}

/** Of the SQLite that is compiled into better-sqlite3. */
export function sqliteVersion(): string {
  const connection = new Sqlite(':memory:')
  try {
    return String(connection.prepare('SELECT sqlite_version()').pluck().get())
  } finally {
    connection.close()
  }
}

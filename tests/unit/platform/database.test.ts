import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { describe, expect, it } from 'vitest'
import { pragmasFor } from '../../../db/pragmas.ts'
import { OldSqliteError, refuseOldSqlite, sqliteVersion } from '../../../db/refuse-old-sqlite.ts'
import { packageRoot } from '../../../server/platform/package-root.ts'

describe('a connection', () => {
  it('asks macOS for the disk itself, at commits and at checkpoints, and no other system', () => {
    expect(pragmasFor('darwin')).toEqual(
      expect.arrayContaining(['synchronous = FULL', 'fullfsync = ON', 'checkpoint_fullfsync = ON']),
    )
    for (const platform of ['linux', 'win32'] as const)
      expect(pragmasFor(platform).some((pragma) => pragma.includes('fullfsync'))).toBe(false)
  })

  it('has every pragma that it is given, also where the system has no use for it', () => {
    const connection = new Sqlite(':memory:')
    for (const pragma of pragmasFor('darwin')) connection.pragma(pragma)
    const valueOf = (name: string): unknown => connection.pragma(name, { simple: true })
    expect(['fullfsync', 'checkpoint_fullfsync', 'foreign_keys'].map(valueOf)).toEqual([1, 1, 1])
    expect(valueOf('synchronous')).toBe(2)
    connection.close()
  })
})

describe('the SQLite that is installed', () => {
  it.each(['3.51.2', '3.51.0', '3.50.4', '3.9.9', '2.99.99'])('%s is refused, with what to do', (version) => {
    expect(() => refuseOldSqlite(version)).toThrow(OldSqliteError)
    expect(() => refuseOldSqlite(version)).toThrow(`SQLite ${version}`)
    expect(() => refuseOldSqlite(version)).toThrow('npm ci')
  })

  it.each(['3.51.3', '3.52.0', '3.100.0', '4.0.0'])('%s is taken', (version) => {
    expect(() => refuseOldSqlite(version)).not.toThrow()
  })

  it('is new enough', () => {
    expect(() => refuseOldSqlite(sqliteVersion())).not.toThrow()
  })
})

describe('what is asked often', () => {
  it.each([
    ['the running attempts', `SELECT id FROM attempts WHERE state = 'running'`],
    ['what ended lately', 'SELECT id FROM attempts WHERE ended_at IS NOT NULL AND ended_at >= 5'],
    ['who waits for a run', `SELECT id FROM jobs WHERE waits_for_run = 'r' AND state = 'planned'`],
    ['the end of the queue', 'SELECT MAX(position) FROM jobs'],
    ['who shares a result', `SELECT id FROM runs WHERE reused_from = 'r'`],
    ['the newest results', 'SELECT id FROM runs WHERE ended_at IS NOT NULL ORDER BY ended_at DESC LIMIT 60'],
    [
      'the next page of the list',
      `SELECT id FROM experiments WHERE created_at < 5 OR (created_at = 5 AND id < 'e') ORDER BY created_at DESC, id DESC LIMIT 100`,
    ],
  ])('%s: an index answers, no table is read through or sorted', (_, question) => {
    const connection = new Sqlite(':memory:')
    migrate(drizzle(connection), { migrationsFolder: path.join(packageRoot, 'db', 'migrations') })
    const plan = connection
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${question}`)
      .all()
      .map(({ detail }) => detail)
      .join('\n')
    expect(plan).toMatch(/USING (COVERING )?INDEX/)
    expect(plan).not.toMatch(/TEMP B-TREE FOR ORDER|SCAN \w+$/m)
    connection.close()
  })
})

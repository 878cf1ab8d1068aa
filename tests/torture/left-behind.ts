import path from 'node:path'
import { eq } from 'drizzle-orm'
import { artifacts, attempts, jobs } from '../../db/schema.ts'
import { leavesWithinMs, leftOf } from './marked-processes.ts'
import { filesBelow, withDatabase } from './room.ts'
import type { ServerUnderTest } from './server-under-test.ts'

/** What a stopped server and its workers should have taken with them, each as text. */
export async function leftBehind({ home, marker, processes }: ServerUnderTest): Promise<string[]> {
  const { left } = await leftOf(
    marker,
    processes().map(({ pid }) => pid),
    leavesWithinMs,
  )
  const stored = withDatabase(home, (db) => ({
    leases: db.select().from(jobs).where(eq(jobs.state, 'leased')).all().length,
    running: db.select().from(attempts).where(eq(attempts.state, 'running')).all().length,
    files: new Set(
      db
        .select({ path: artifacts.path })
        .from(artifacts)
        .all()
        .map((file) => file.path),
    ),
  }))
  const found = filesBelow(path.join(home, 'artifacts')).map((file) => `artifacts/${file}`)
  return [
    ...Array.from({ length: left }, () => 'a process is left'),
    ...Array.from({ length: stored.leases }, () => 'a lease is left'),
    ...Array.from({ length: stored.running }, () => 'an attempt is left running'),
    ...filesBelow(path.join(home, 'scratch')).map((file) => `scratch/${file} is left`),
    ...found.filter((file) => !stored.files.has(file)).map((file) => `${file} is nobody's`),
    ...[...stored.files].filter((file) => !found.includes(file)).map((file) => `${file} is missing`),
    ...filesBelow(home)
      .filter((file) => file === 'server.json' || /\.tmp$|\.part\//.test(file))
      .map((file) => `${file} is left`),
  ]
}

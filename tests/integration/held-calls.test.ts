import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import pino from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDatabase } from '../../db/open-database.ts'
import { jobs } from '../../db/schema.ts'
import { serveGateway } from '../../server/api/worker-gateway/serve-gateway.ts'
import type { Context } from '../../server/domain/context.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { packageRoot } from '../../server/platform/package-root.ts'
import { openDomain } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'

let home: string
let ctx: Context
let close: () => void
let held: string[]
const children: ChildProcess[] = []

beforeEach(async () => {
  home = temporaryFolder()
  const domain = openDomain(home)
  await launchExperiment(domain.ctx, { draft: smallDraft({ methods: [], seeds: 2 }) })
  const migrations = path.join(packageRoot, 'db', 'migrations')
  const db = openDatabase(domain.ctx.folder.database, migrations, { waitsMs: 50 })
  held = []
  ctx = { ...domain.ctx, db, log: pino({}, { write: (line: string) => void held.push(line) }) }
  close = () => {
    db.close()
    domain.close()
  }
})

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  close()
  removeFolder(home)
})

/** A supervisor that claims one job, and ends when it is answered. */
function claimant(): ChildProcess {
  const program = `
    process.once('message', () => process.exit())
    process.send({ id: 1, call: 'claim', input: { free: 1, busy: 0 } })`
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  children.push(child)
  const settings = { heartbeatMs: 1_000, silenceMs: 30_000, memoryLimitBytes: 2 ** 32 }
  serveGateway(ctx, child, settings, { onHello: () => undefined, onHeartbeat: () => undefined })
  return child
}

it('a claim that is held for a locked database leases nothing once its supervisor is gone', async () => {
  const other = new Sqlite(ctx.folder.database)
  other.exec('BEGIN IMMEDIATE')
  try {
    const dying = claimant()
    await expect.poll(() => held).toHaveLength(1)
    dying.kill('SIGKILL')
    await once(dying, 'exit')
    // Held later, so tried again later: when it is answered the claim of the dead one has had its turn.
    const living = claimant()
    const answered = once(living, 'exit')
    await expect.poll(() => held).toHaveLength(2)
    other.exec('ROLLBACK')
    await answered
  } finally {
    other.close()
  }
  expect(ctx.db.read.select().from(jobs).where(eq(jobs.state, 'leased')).all()).toHaveLength(1)
})

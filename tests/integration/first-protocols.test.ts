import fs from 'node:fs'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { ExperimentDraft } from '../../core/contracts/protocol.ts'
import type { PlannedRun } from '../../core/contracts/run.ts'
import { canonicalJson } from '../../core/data/canonical-json.ts'
import { draftProtocol } from '../../core/planning/draft-protocol.ts'
import { planRuns } from '../../core/planning/plan-runs.ts'
import { openDatabase } from '../../db/open-database.ts'
import { extendExperiment } from '../../server/domain/experiments/extend-experiment.ts'
import { loadExperiment } from '../../server/domain/experiments/load-experiment.ts'
import { readExperiment } from '../../server/domain/experiments/read-experiment.ts'
import { readProtocol } from '../../server/domain/experiments/read-protocol.ts'
import { listExperiments } from '../../server/domain/experiments/list-experiments.ts'
import { sha256 } from '../../server/platform/hash.ts'
import { packageRoot } from '../../server/platform/package-root.ts'
import { stateFolder } from '../../server/platform/state-folder.ts'
import { openDomain } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'
import { digits, wasm } from '../unit/planning/drafts.ts'

const homes: string[] = []

afterEach(() => {
  for (const home of homes.splice(0)) removeFolder(home)
})

/** The first migration alone, as the first version brought it. */
function firstMigrations(folder: string): string {
  const all = path.join(packageRoot, 'db', 'migrations')
  const journal: unknown = JSON.parse(fs.readFileSync(path.join(all, 'meta', '_journal.json'), 'utf8'))
  if (typeof journal !== 'object' || journal === null || !('entries' in journal))
    throw new Error('No journal.')
  const entries = Array.isArray(journal.entries) ? journal.entries.slice(0, 1) : []
  fs.mkdirSync(path.join(folder, 'meta'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'meta', '_journal.json'), JSON.stringify({ ...journal, entries }))
  fs.copyFileSync(path.join(all, '0000_first.sql'), path.join(folder, '0000_first.sql'))
  return folder
}

/** A protocol as the first version froze it: one look, a number of seeds, no margins but the primary one. */
function firstProtocol(): { canonical: string; planned: PlannedRun[] } {
  const draft = ExperimentDraft.parse(smallDraft({ methods: [] }))
  const made = draftProtocol(draft, digits, wasm)
  if (!made.ok) throw new Error('The draft is sound.')
  const { looks, continuation: _none, margins: _unknown, ...kept } = made.protocol
  return {
    canonical: canonicalJson({ ...kept, schemaVersion: 1, looks: looks.map((look) => look.seeds) }),
    planned: planRuns(made.protocol, 'b'.repeat(64)),
  }
}

/** A state folder of the first version with one experiment that is decided and one that is still running. */
function firstHome(): { home: string; canonical: string } {
  const home = temporaryFolder()
  homes.push(home)
  const { canonical, planned } = firstProtocol()
  const file = stateFolder(home).database
  openDatabase(file, firstMigrations(path.join(home, 'first-migrations'))).close()
  const old = new Sqlite(file)
  old.prepare('INSERT INTO protocols VALUES (?, ?, ?)').run(sha256(canonical), canonical, 1)
  const experiment = old.prepare(
    `INSERT INTO experiments (id, name, protocol_hash, status, demonstration, lifecycle_stage, created_at, decided_at, ended_at)
     VALUES (?, 'Old?', ?, ?, 0, 'active', ?, ?, ?)`,
  )
  experiment.run('decided', sha256(canonical), 'finished', 1, 2, 3)
  experiment.run('running', sha256(canonical), 'running', 2, null, null)
  const run = old.prepare(
    `INSERT INTO runs (id, experiment_id, arm_id, seed, name, status, spec, created_at) VALUES (?, ?, ?, ?, 'run', ?, ?, 1)`,
  )
  for (const [id, status] of [
    ['decided', 'failed'],
    ['running', 'queued'],
  ]) {
    planned.forEach((one, index) =>
      run.run(`${id}-${index}`, id, one.armId, one.seed, status, JSON.stringify(one.spec)),
    )
  }
  old.close()
  return { home, canonical }
}

describe('a state folder of the first version', () => {
  it('opens with its protocols under their old hash, as one look with all of alpha', async () => {
    const { home, canonical } = firstHome()
    const { ctx, close } = openDomain(home)
    const frozen = readProtocol(ctx, 'decided')
    expect(frozen.hash).toBe(sha256(canonical))
    expect(frozen.canonical).toBe(canonical)
    expect(frozen.canonical).toContain('"looks":[3]')
    expect(frozen.protocol).toMatchObject({
      looks: [{ seeds: 3, alpha: 0.05 }],
      continuation: 'none',
      margins: null,
    })
    const page = await readExperiment(ctx, { id: 'decided' })
    expect(page).toMatchObject({ status: 'finished', protocolHash: sha256(canonical), runsTotal: 7 })
    expect(await listExperiments(ctx, { limit: 10 })).toMatchObject([
      { id: 'running', seedsPerArm: 3, seedsIn: 0, words: [] },
      { id: 'decided', seedsPerArm: 3, seedsIn: 3 },
    ])
    close()
  })

  it('counts the look of a decided experiment as taken, and that of a running one as launched', async () => {
    const { home } = firstHome()
    const { ctx, close } = openDomain(home)
    expect(loadExperiment(ctx, 'decided').experiment).toMatchObject({ looksLaunched: 1, looksTaken: 1 })
    expect(loadExperiment(ctx, 'running').experiment).toMatchObject({ looksLaunched: 1, looksTaken: 0 })
    await expect(extendExperiment(ctx, { id: 'decided' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('No further look was planned'),
    })
    close()
  })
})

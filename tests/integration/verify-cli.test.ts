import fs from 'node:fs'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LiveEvent } from '../../core/contracts/views.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { cancelExperiment } from '../../server/domain/experiments/cancel-experiment.ts'
import { readRun } from '../../server/domain/runs/read-run.ts'
import { sha256 } from '../../server/platform/hash.ts'
import { openDomain } from '../support/domain-room.ts'
import { descendants, isAlive } from '../support/processes.ts'
import {
  removeFolder,
  runTrainings,
  smallDraft,
  startTestServer,
  temporaryFolder,
} from '../support/server.ts'
import { spawnVerify, type Finished } from '../support/verify-command.ts'

const soft = { name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 } as const
const draft = smallDraft({ methods: [soft], seeds: 2 })

// Every call of the command loads the product anew, which takes its time beside other tests.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

/** A finished experiment on the digits; every test works on a copy of it. */
let original: string
let id: string
let home: string
let temporary: string

beforeAll(async () => {
  const server = await startTestServer()
  original = server.home
  id = (await runTrainings(server, draft)).id
  await server.stop()
})
afterAll(() => removeFolder(original))

beforeEach(() => {
  home = temporaryFolder()
  temporary = temporaryFolder()
  fs.cpSync(original, home, { recursive: true })
})
afterEach(() => {
  removeFolder(home)
  removeFolder(temporary)
})

const verify = (...args: string[]): Promise<Finished> => spawnVerify(args, { home, temporary }).finished

/** Reads or changes the database behind the product's back. */
function inDatabase<T>(work: (database: Sqlite.Database) => T): T {
  const database = new Sqlite(path.join(home, 'stillhouse.db'))
  try {
    return work(database)
  } finally {
    database.close()
  }
}

interface RunRow {
  id: string
  arm: string
  seed: number
}

const runOf = (arm: string, seed: number): string =>
  inDatabase((database) => {
    const rows = database
      .prepare<[string], RunRow>('SELECT id, arm_id AS arm, seed FROM runs WHERE experiment_id = ?')
      .all(id)
    const found = rows.find((row) => row.arm === arm && (arm === 'teacher' || row.seed === seed))
    if (found === undefined) throw new Error(`No run of ${arm}, seed ${seed}.`)
    return found.id
  })

const changeSpec = (runId: string, change: (spec: { training: Record<string, unknown> }) => void): void =>
  inDatabase((database) => {
    const row = database.prepare<[string], { spec: string }>('SELECT spec FROM runs WHERE id = ?').get(runId)
    const spec = JSON.parse(row?.spec ?? '') as { training: Record<string, unknown> }
    change(spec)
    database.prepare('UPDATE runs SET spec = ? WHERE id = ?').run(JSON.stringify(spec), runId)
  })

/** Everything a verification must leave alone: files and points. */
const contents = (): string[] => [
  ...['artifacts', 'datasets', 'scratch'].flatMap((part) =>
    fs
      .readdirSync(path.join(home, part), { recursive: true, encoding: 'utf8' })
      .filter((name) => fs.statSync(path.join(home, part, name)).isFile())
      .map((name) => `${name} ${sha256(fs.readFileSync(path.join(home, part, name)))}`),
  ),
  inDatabase((database) =>
    JSON.stringify(
      ['metrics', 'runs', 'jobs', 'attempts', 'log_lines', 'artifacts'].map((table) =>
        database.prepare(`SELECT * FROM ${table}`).all(),
      ),
    ),
  ),
]

interface Document {
  identical: number
  differing: number
  notChecked: number
  runs: { run: string; arm: string; outcome: string; weightsSha256: string; recorded: { weights: string } }[]
}

describe('stillhouse verify', () => {
  it('finds every run identical, teacher and students, without a server, and changes nothing but its own table', async () => {
    const before = contents()
    const { code, stdout } = await verify(id, '--all', '--json')
    expect(code).toBe(0)
    const document = JSON.parse(stdout) as Document
    expect(document).toMatchObject({ identical: 7, differing: 0, notChecked: 0 })
    expect(document.runs.map((run) => run.arm)).toContain('teacher')
    for (const run of document.runs) expect(run.weightsSha256).toBe(run.recorded.weights)
    expect(new Set(document.runs.map((run) => run.weightsSha256)).size).toBe(7)
    expect(contents()).toEqual(before)
    expect(fs.readdirSync(temporary)).toEqual([])
    const { ctx, close } = openDomain(home)
    const page = readRun(ctx, { runId: runOf('soft-targets-t4', 2) })
    close()
    expect(page.verifications).toMatchObject([
      {
        outcome: 'identical',
        weightsSha256: page.weightsSha256,
        differences: [],
        machine: { node: process.version },
      },
    ])
  })

  it('asks the running server, which stores the result and tells the open pages', async () => {
    const server = await startTestServer({ home })
    try {
      const events: LiveEvent[] = []
      server.ctx.bus.subscribe(({ event }) => events.push(event))
      const runId = runOf('scratch', 1)
      const { code, stdout } = await verify(
        `${server.url}/experiments/${id}/runs`,
        '--run',
        runId.slice(0, 8),
      )
      expect(stdout).toContain('Control, seed 1: identical')
      expect(code).toBe(0)
      expect(events).toContainEqual({ type: 'run', experimentId: id, runId })
      const page = await server.api.runs.page({ runId })
      expect(page.verifications.map(({ outcome }) => outcome)).toEqual(['identical'])
      expect((await server.api.experiments.page({ id })).verified).toEqual({ identical: 1, differing: 0 })
    } finally {
      await server.stop()
    }
  })

  it('draws a finished run, and the same one again with the seed that it names', async () => {
    const first = await verify(id.slice(0, 6))
    expect(first.code).toBe(0)
    const seed = /drawn with --seed (\d+)/.exec(first.stderr)?.[1] ?? ''
    const again = await verify(id, '--seed', seed)
    expect(again.stdout.split('\n')[0]).toBe(first.stdout.split('\n')[0])
  })

  it('tells a damaged file from a training that gave something else', async () => {
    const [damaged, changed] = [runOf('soft-targets-t4', 1), runOf('scratch', 2)]
    const file = path.join(home, 'artifacts', damaged, 'weights.bin')
    const bytes = fs.readFileSync(file)
    bytes.writeFloatLE(bytes.readFloatLE(40) + 0.5, 40)
    fs.writeFileSync(file, bytes)
    changeSpec(changed, ({ training }) => (training['learningRate'] = 0.0031))

    const first = await verify(id, '--run', damaged)
    expect(first.code).toBe(1)
    expect(first.stdout).toContain('Soft targets, seed 1: differs')
    expect(first.stdout).toMatch(
      /Weights: the stored file is damaged .* while the training gives what was recorded; 1 of \d+ numbers differs, first layer-1\/kernel \[10\]: .*largest difference 0\.5/,
    )
    expect(first.stdout).not.toContain('Test logits:')

    const second = await verify(id, '--run', changed)
    expect(second.code).toBe(1)
    expect(second.stdout).toMatch(
      /Weights: the training gave something else .* numbers differ, first layer-1/,
    )
    expect(second.stdout).toMatch(
      /Test logits: the training gave something else .* first predictions\/test\.npy/,
    )
    expect(second.stdout).not.toContain('damaged')
  })

  it('finds a file that is gone, one of another size, and a recorded SHA-256 that was changed', async () => {
    const [gone, cut, forged] = [runOf('scratch', 1), runOf('scratch', 2), runOf('soft-targets-t4', 1)]
    fs.rmSync(path.join(home, 'artifacts', gone, 'predictions', 'test.npy'))
    fs.truncateSync(path.join(home, 'artifacts', cut, 'weights.bin'), 100)
    inDatabase((database) =>
      database.prepare('UPDATE runs SET weights_sha256 = ? WHERE id = ?').run('0'.repeat(64), forged),
    )
    const { code, stdout } = await verify(id, '--all')
    expect(code).toBe(1)
    expect(stdout).toContain('Test logits: the stored file is gone; the training gives it again.')
    expect(stdout).toMatch(/Weights: the stored file is damaged .*; their sizes differ\./)
    expect(stdout).toMatch(
      /Weights: training and file agree .* recorded SHA-256 is 00000000: the record was changed/,
    )
    expect(stdout).toContain('7 runs: 4 identical, 3 different.')
  })
})

describe('what cannot be checked', () => {
  it('is said for an unknown experiment, an unknown run, and a folder without state', async () => {
    const unknown = await verify('nosuchid')
    expect(unknown).toMatchObject({ code: 2, stdout: '' })
    expect(unknown.stderr).toContain('There is no experiment nosuchid')
    const run = await verify(id, '--run', 'nosuchrun')
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toContain('This experiment has no run nosuchrun')
    const nowhere = path.join(temporary, 'nowhere')
    const empty = await spawnVerify([id], { home: nowhere, temporary }).finished
    expect(empty.code).toBe(2)
    expect(empty.stderr).toContain(`There is no Stillhouse state in ${nowhere}`)
    expect(fs.existsSync(nowhere)).toBe(false)
    expect((await verify(id, '--all', '--run', 'x')).code).toBe(2)
    expect((await verify()).code).toBe(2)
    expect((await verify(id, '--seed', 'x')).code).toBe(2)
  })

  it('is said where two experiments begin alike, and where no run has finished', async () => {
    const { ctx, close } = openDomain(home)
    const teacher = { ...draft.teacher, seed: 1002 }
    const cancelled = (await launchExperiment(ctx, { draft: { ...draft, teacher } })).id
    await cancelExperiment(ctx, { id: cancelled })
    close()
    const nothing = await verify(cancelled)
    expect(nothing.code).toBe(2)
    expect(nothing.stderr).toContain('No run of this experiment has finished')
    const all = await verify(cancelled, '--all')
    expect(all.code).toBe(2)
    expect(all.stdout).toContain('It has no result (cancelled)')
    inDatabase((database) => {
      database.pragma('foreign_keys = OFF')
      for (const [at, own] of [id, cancelled].entries())
        database.prepare('UPDATE experiments SET id = ? WHERE id = ?').run(`twin${at}`, own)
    })
    const alike = await verify('twin')
    expect(alike.code).toBe(2)
    expect(alike.stderr).toContain('More than one experiment begins with twin')
    expect(alike.stderr).toContain('twin1')
  })

  it('is said where the data set or the teacher’s logits are gone or damaged', async () => {
    const student = runOf('soft-targets-t4', 1)
    const logits = path.join(home, 'artifacts', runOf('teacher', 0), 'predictions', 'train.npy')
    fs.appendFileSync(logits, 'x')
    const teacher = await verify(id, '--run', student)
    expect(teacher.code).toBe(2)
    expect(teacher.stdout).toMatch(
      /not checked\. It learns from its teacher’s predictions\/train\.npy, which is damaged/,
    )
    // The control learns from labels alone.
    expect((await verify(id, '--run', runOf('scratch', 1))).code).toBe(0)

    const [folder] = fs
      .readdirSync(path.join(home, 'datasets'))
      .map((name) => path.join(home, 'datasets', name))
    fs.appendFileSync(path.join(folder ?? '', 'train.examples.npy'), 'x')
    const damaged = await verify(id, '--run', student)
    expect(damaged.code).toBe(2)
    expect(damaged.stdout).toContain('is not what the run was trained on')
    removeFolder(folder ?? '')
    const gone = await verify(id, '--run', student)
    expect(gone.code).toBe(2)
    expect(gone.stdout).toContain('The folder of its data set')
  })
})

it('verifies a teacher that shares an earlier training, and passes over runs without a result', async () => {
  const { ctx, close } = openDomain(home)
  const next = (await launchExperiment(ctx, { draft: { ...draft, labelsPerSeed: 90 } })).id
  await cancelExperiment(ctx, { id: next })
  close()
  const { code, stdout } = await verify(next, '--all')
  expect(stdout).toContain('Teacher, seed 1001: identical')
  expect(stdout).toContain(`It shares the training of the run ${runOf('teacher', 1001)}.`)
  expect(stdout).toContain('7 runs: 1 identical, 6 not checked.')
  expect(code).toBe(0)
})

it('ends its trainer and takes its files away when it is interrupted', async () => {
  const runId = runOf('scratch', 1)
  changeSpec(runId, ({ training }) => (training['steps'] = 5_000_000))
  const { child, finished, said } = spawnVerify([id, '--run', runId], { home, temporary })
  await said('step ')
  const trainers = descendants(child.pid ?? 0, 'dist/trainer')
  expect(trainers).toHaveLength(1)
  expect(fs.readdirSync(temporary)).toHaveLength(1)
  child.kill('SIGINT')
  expect((await finished).code).toBe(130)
  expect(fs.readdirSync(temporary)).toEqual([])
  for (const { pid } of trainers) await expect.poll(() => isAlive(pid)).toBe(false)
})

import fs from 'node:fs'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeNpy } from '../../core/data/npy.ts'
import { artifacts } from '../../db/schema.ts'
import { createCaller } from '../../server/api/trpc/router.ts'
import type { Context } from '../../server/domain/context.ts'
import { datasetFolder } from '../../server/domain/datasets/dataset-paths.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { loadExperiment, runsOf } from '../../server/domain/experiments/load-experiment.ts'
import { claimJobs } from '../../server/domain/jobs/claim-jobs.ts'
import { finishAttempt } from '../../server/domain/jobs/finish-attempt.ts'
import { reportAttempt } from '../../server/domain/jobs/report-attempt.ts'
import { cancelRun } from '../../server/domain/runs/cancel-run.ts'
import { readVerdict } from '../../server/domain/verdicts/read-verdict.ts'
import { sha256 } from '../../server/platform/hash.ts'
import { endAnswered, scattered, trainAnswered, type Answers } from '../support/designed-answers.ts'
import { asTraining, loss, openDomain } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'

const arm = 'soft-targets-t4'
const shares: Record<string, number> = { teacher: 0.95, scratch: 0.5 }

let home: string
let ctx: Context
let close: () => void
let id: string

beforeEach(async () => {
  home = temporaryFolder()
  const room = openDomain(home)
  ctx = room.ctx
  close = room.close
  ;({ id } = await launchExperiment(ctx, { draft: smallDraft({ seeds: 5 }) }))
  await trainAnswered(
    ctx,
    (armId, seed, example) => scattered(armId.length, seed, example) < (shares[armId] ?? 0.8),
  )
})

afterEach(() => {
  close()
  removeFolder(home)
})

/** The file of a run's test predictions, absolute. */
function fileOf(armId: string, seed?: number): string {
  const run = runsOf(loadExperiment(ctx, id), armId).find((one) => seed === undefined || one.seed === seed)
  return path.join(home, run?.predictions?.path ?? '')
}

const wordOf = (armId: string): string | null | undefined =>
  readVerdict(ctx, { id }).comparisons.find((one) => one.arm === armId)?.word

const flipBit = (file: string, at: number): void => {
  const bytes = fs.readFileSync(file)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  fs.writeFileSync(file, bytes)
}

const damages: [name: string, damage: (file: string) => void][] = [
  ['truncated', (file) => fs.truncateSync(file, 200)],
  ['emptied', (file) => fs.truncateSync(file, 0)],
  ['one bit', (file) => flipBit(file, 5_000)],
  ['one bit of the header', (file) => flipBit(file, 20)],
  [
    'a NaN',
    (file) => {
      const bytes = fs.readFileSync(file)
      bytes.writeFloatLE(Number.NaN, 4_000)
      fs.writeFileSync(file, bytes)
    },
  ],
  [
    'something else of the same size',
    (file) => fs.writeFileSync(file, Buffer.alloc(fs.statSync(file).size, 7)),
  ],
  ['gone', (file) => fs.rmSync(file)],
]

/** Every question of the API about an experiment: none may fail. */
async function everyPage(): Promise<void> {
  const api = createCaller(ctx)
  const list = await api.experiments.list({ limit: 10 })
  expect(list.map((one) => one.id)).toEqual([id])
  await api.experiments.page({ id })
  await api.experiments.verdict({ id })
  await api.experiments.claims({ id, arm })
  await api.experiments.curves({ id, key: 'validation/accuracy' })
  await api.experiments.document({ id })
  await api.workers.page()
  for (const { runId } of await api.experiments.runs({ id })) await api.runs.page({ runId })
}

describe('predictions of one run that are', () => {
  it.each(damages)('%s: its comparison keeps figures of the others and has no word', async (_, damage) => {
    expect(wordOf(arm)).toBe('helped')
    damage(fileOf(arm, 2))
    await everyPage()
    const found = readVerdict(ctx, { id })
    const [own] = found.comparisons.filter((one) => one.arm === arm)
    expect(own?.word).toBeNull()
    expect(own?.seeds).toBe(4)
    expect(own?.simultaneous).not.toBeNull()
    expect(own?.reason).toMatch(/^seed 2: the file predictions\/test\.npy is (damaged|gone)$/)
    expect(found.comparisons.filter((one) => one.arm !== arm).every((one) => one.word !== null)).toBe(true)
    for (const one of found.secondary) expect(one.word === null).toBe(one.arm === arm)
    expect(found.teacher?.comparisons.find((one) => one.arm === arm)?.word).toBeNull()
    expect(found.markdown).toContain('predictions/test.npy is')
  })

  it('damaged when nothing was read before, take the word as well', async () => {
    const file = fileOf(arm, 2)
    close()
    flipBit(file, 5_000)
    const again = openDomain(home)
    ctx = again.ctx
    close = again.close
    await everyPage()
    expect(wordOf(arm)).toBeNull()
  })

  it('put back from a copy give the word back at once', () => {
    const file = fileOf(arm, 2)
    const copy = fs.readFileSync(file)
    fs.writeFileSync(file, 'x')
    expect(wordOf(arm)).toBeNull()
    fs.writeFileSync(file, copy)
    expect(wordOf(arm)).toBe('helped')
  })

  it('of the control: no comparison has a word, and nothing is claimed of its classes', async () => {
    flipBit(fileOf('scratch', 3), 5_000)
    await everyPage()
    const { comparisons, smoothing } = readVerdict(ctx, { id })
    for (const one of comparisons) {
      expect(one.word).toBeNull()
      expect(one.estimate).not.toBeNull()
      expect(one.reason).toMatch(/^seed 3 of the control: the file/)
    }
    expect(smoothing?.comparisons.every((one) => one.word === null)).toBe(true)
    const claims = await createCaller(ctx).experiments.claims({ id, arm })
    expect(claims.classes?.every((one) => one.interval === null && one.shown === null)).toBe(true)
    expect(claims.accuracy?.comparison.estimate).not.toBeNull()
  })

  it('of the teacher: the question about it says so, the others have their words', async () => {
    flipBit(fileOf('teacher'), 5_000)
    await everyPage()
    const { comparisons, teacher } = readVerdict(ctx, { id })
    expect(comparisons.every((one) => one.word !== null)).toBe(true)
    expect(teacher).toMatchObject({
      sentence: 'No verdict: the file predictions/test.npy of the teacher is damaged.',
      comparisons: [],
    })
  })

  it('no predictions of these examples, though stored so, are damaged too', async () => {
    const file = fileOf(arm, 2)
    const logits = new Float32Array(800 * 10).fill(1)
    logits[17] = Number.NaN
    const bytes = encodeNpy({ dtype: 'float32', shape: [800, 10], data: logits })
    fs.writeFileSync(file, bytes)
    await ctx.db.withTransaction(({ db }) => {
      db.update(artifacts)
        .set({ sha256: sha256(bytes) })
        .where(eq(artifacts.path, path.relative(home, file)))
        .run()
    })
    await everyPage()
    expect(wordOf(arm)).toBeNull()
  })
})

describe('a run that is trained again', () => {
  const answers: Answers = (armId, seed, example) =>
    scattered(armId.length, seed, example) < (shares[armId] ?? 0.8)
  const runIdOf = (armId: string, seed?: number): string =>
    runsOf(loadExperiment(ctx, id), armId).find((one) => seed === undefined || one.seed === seed)?.id ?? ''

  it('says what is wrong with which file, and whole ones cannot be trained again', async () => {
    const api = createCaller(ctx)
    flipBit(fileOf(arm, 2), 5_000)
    const page = await api.runs.page({ runId: runIdOf(arm, 2) })
    const faulty = page.artifacts.filter(({ fault }) => fault !== null)
    expect(faulty.map(({ name }) => name)).toEqual(['predictions/test.npy'])
    expect(faulty[0]?.fault?.state).toBe('damaged')
    expect(faulty[0]?.fault?.text).toMatch(
      /artifacts\/\w+\/predictions\/test\.npy is damaged.*train its run again/,
    )
    const rows = await api.experiments.runs({ id })
    expect(rows.filter(({ damaged }) => damaged !== null)).toMatchObject([{ armId: arm, seed: 2 }])
    expect((await api.experiments.page({ id })).damaged).toMatchObject([{ runId: page.runId }])
    await expect(api.runs.trainAgain({ runId: runIdOf(arm, 3) })).rejects.toThrow(/nothing is to be mended/)
    await expect(api.runs.trainAgain({ runId: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('counts as damaged until it has ended, and then has its word back', async () => {
    const api = createCaller(ctx)
    const runId = runIdOf(arm, 2)
    const before = await api.runs.page({ runId })
    flipBit(fileOf(arm, 2), 5_000)
    await api.runs.trainAgain({ runId })
    await expect(api.runs.trainAgain({ runId })).rejects.toMatchObject({ code: 'CONFLICT' })
    await everyPage()
    const reason = readVerdict(ctx, { id }).comparisons.find((one) => one.arm === arm)?.reason
    expect(reason).toContain('seed 2: it is being trained again')
    expect(await trainAnswered(ctx, answers)).toEqual([`${arm} 2`])
    expect(wordOf(arm)).toBe('helped')
    const after = await api.runs.page({ runId })
    expect(after.status).toBe('finished')
    const predictions = ({ artifacts: files }: typeof after): unknown =>
      files.find(({ name }) => name === 'predictions/test.npy')
    expect(predictions(after)).toEqual(predictions(before))
    expect(after.artifacts.every(({ fault }) => fault === null)).toBe(true)
    expect(after.figures).toEqual(before.figures)
    expect(after.attempts.map(({ state }) => state)).toEqual(['done', 'done'])
    expect(after.log.map(({ text }) => text).join()).toContain('the same, bit for bit')
    expect(after.trainedMs).toBe((after.attempts[1]?.endedAt ?? 0) - (after.attempts[1]?.startedAt ?? 0))
  })

  it.each(['before it began', 'while it ran', 'by a fault'])(
    'keeps what it had when it ends %s',
    async (how) => {
      const api = createCaller(ctx)
      const runId = runIdOf(arm, 2)
      const { curves } = await api.runs.page({ runId })
      flipBit(fileOf(arm, 2), 5_000)
      await api.runs.trainAgain({ runId })
      if (how !== 'before it began') {
        const training = asTraining((await claimJobs(ctx, { free: 1, busy: 0 }))[0])
        await reportAttempt(ctx, { attemptId: training.attemptId, items: [loss(1, 5, 0.5)] })
        if (how === 'while it ran') await cancelRun(ctx, { runId })
        await finishAttempt(ctx, {
          attemptId: training.attemptId,
          outcome:
            how === 'while it ran' ? { type: 'cancelled' } : { type: 'failed', reason: 'error', text: 'No.' },
        })
      } else await cancelRun(ctx, { runId })
      const page = await api.runs.page({ runId })
      expect(page).toMatchObject({ status: 'finished', reason: null, curves })
      expect(page.log.at(-1)?.text).toMatch(/^It was not trained again: /)
      expect(wordOf(arm)).toBeNull()
      // And it can be asked for once more.
      await api.runs.trainAgain({ runId })
    },
  )
})

describe('a read that fails for a moment', () => {
  it('takes the word only as long as it fails', () => {
    const { store } = ctx
    const file = fileOf(arm, 2)
    const copy = fs.readFileSync(file)
    // Root may read everything: a loop of links cannot be read by anybody.
    fs.rmSync(file)
    fs.symlinkSync(file, file)
    expect(wordOf(arm)).toBeNull()
    expect(readVerdict(ctx, { id }).comparisons.find((one) => one.arm === arm)?.reason).toMatch(
      /cannot be read now/,
    )
    fs.rmSync(file)
    fs.writeFileSync(file, copy)
    expect(wordOf(arm)).toBe('helped')
    expect(store.checks.failures()).toBeGreaterThan(0)
  })
})

describe('what waits in the queue', () => {
  const all: Answers = () => true
  let second: string

  beforeEach(async () => {
    // The latency job of the first would hold it back.
    const [profile] = await claimJobs(ctx, { free: 1, busy: 0 })
    await finishAttempt(ctx, { attemptId: profile?.attemptId ?? '', outcome: { type: 'profiled' } })
    const draft = smallDraft({ seeds: 1 })
    ;({ id: second } = await launchExperiment(ctx, {
      draft: { ...draft, teacher: { ...draft.teacher, seed: 7 } },
    }))
    const [teacher] = await claimJobs(ctx, { free: 1, busy: 0 })
    await endAnswered(ctx, asTraining(teacher), all)
  })

  const runOfSecond = (armId: string) => runsOf(loadExperiment(ctx, second), armId)[0]
  const teacherFile = (): string =>
    path.join(home, runOfSecond('teacher')?.predictions?.path ?? '').replace('test.npy', 'train.npy')

  it('behind a teacher whose files are damaged waits until they are mended, and fails nothing', async () => {
    const copy = fs.readFileSync(teacherFile())
    fs.truncateSync(teacherFile(), 10)
    expect(await trainAnswered(ctx, all)).toEqual(['scratch 1', 'label-smoothing 1'])
    expect(runOfSecond(arm)).toMatchObject({ status: 'waiting' })
    const page = await createCaller(ctx).runs.page({ runId: runOfSecond(arm)?.id ?? '' })
    expect(page.reason).toContain('predictions/train.npy is damaged')
    // Nothing moves until a person mends it: no time is promised, and the page of the experiment says why.
    const { left, damaged } = await createCaller(ctx).experiments.page({ id: second })
    expect(left).toBeNull()
    expect(damaged.map(({ runId, fault }) => [runId, fault.name])).toEqual([
      [runOfSecond('teacher')?.id, 'predictions/train.npy'],
    ])
    const { waiting } = await createCaller(ctx).workers.page()
    const own = waiting.filter(({ experimentId }) => experimentId === second)
    expect(own.length).toBeGreaterThan(0)
    expect(own.every(({ takes }) => takes === null)).toBe(true)
    expect(await trainAnswered(ctx, all)).toEqual([])
    fs.writeFileSync(teacherFile(), copy)
    expect(await trainAnswered(ctx, all)).toContain(`${arm} 1`)
    expect(runOfSecond(arm)).toMatchObject({ status: 'finished', reason: null })
  })

  it('and is queued while the teacher is trained again waits, and what needs no teacher goes on', async () => {
    fs.rmSync(teacherFile())
    await createCaller(ctx).runs.trainAgain({ runId: runOfSecond('teacher')?.id ?? '' })
    const claimed = (await claimJobs(ctx, { free: 9, busy: 0 })).map(asTraining)
    expect(claimed.map(({ request }) => request.spec.armId)).toEqual([
      'teacher',
      'scratch',
      'label-smoothing',
    ])
    expect(runOfSecond(arm)).toMatchObject({ status: 'waiting' })
    const [teacher] = claimed
    if (teacher !== undefined) await endAnswered(ctx, teacher, all)
    expect(await trainAnswered(ctx, all)).toContain(`${arm} 1`)
  })

  it('is not ended with a repair that is called off', async () => {
    fs.rmSync(teacherFile())
    const api = createCaller(ctx)
    const runId = runOfSecond('teacher')?.id ?? ''
    await api.runs.trainAgain({ runId })
    expect((await api.runs.page({ runId })).cancelling).toMatchObject({ runs: 0, arms: [] })
    await api.runs.cancel({ runId, wordless: 'end' })
    expect(runOfSecond('teacher')).toMatchObject({ status: 'finished' })
    expect(runOfSecond('scratch')).toMatchObject({ status: 'queued' })
  })

  it('keeps its place where the data set cannot be read for a moment', async () => {
    const { hash } = loadExperiment(ctx, second).protocol.data
    const file = path.join(datasetFolder(ctx.folder, hash), 'train.labels.npy')
    const copy = fs.readFileSync(file)
    fs.rmSync(file)
    fs.symlinkSync(file, file)
    expect(await claimJobs(ctx, { free: 2, busy: 0 })).toEqual([])
    expect(runOfSecond('scratch')).toMatchObject({ status: 'queued' })
    fs.rmSync(file)
    fs.writeFileSync(file, copy)
    expect(await trainAnswered(ctx, all)).toContain('scratch 1')
  })

  it('behind a teacher that is trained again starts when that has ended', async () => {
    fs.rmSync(teacherFile())
    await trainAnswered(ctx, all)
    expect(runOfSecond(arm)).toMatchObject({ status: 'waiting' })
    await createCaller(ctx).runs.trainAgain({ runId: runOfSecond('teacher')?.id ?? '' })
    expect((await trainAnswered(ctx, all)).slice(0, 2)).toEqual(['teacher 7', `${arm} 1`])
  })

  it('trains on a data set that was damaged meanwhile, which is written anew', async () => {
    const { hash } = loadExperiment(ctx, second).protocol.data
    flipBit(path.join(datasetFolder(ctx.folder, hash), 'train.labels.npy'), 300)
    expect(await trainAnswered(ctx, all)).toContain(`${arm} 1`)
    expect(runOfSecond('scratch')).toMatchObject({ status: 'finished' })
  })
})

describe('a data set', () => {
  const dataFile = (name: string): string =>
    path.join(datasetFolder(ctx.folder, loadExperiment(ctx, id).protocol.data.hash), name)

  it.each(['test.labels.npy', 'meta.json'])(
    'whose %s is damaged takes every word, and no page',
    async (name) => {
      flipBit(dataFile(name), name === 'meta.json' ? 0 : 300)
      await everyPage()
      for (const one of readVerdict(ctx, { id }).comparisons) {
        expect(one.word).toBeNull()
        expect(one.reason).toMatch(
          /^seeds 1, 2, 3, 4 and 5, here and of the control: the data set is damaged$/,
        )
      }
    },
  )

  it('is written anew where it is damaged, when it is next prepared, and the words are back', async () => {
    const file = dataFile('test.labels.npy')
    const before = fs.readFileSync(file)
    fs.truncateSync(file, 100)
    expect(wordOf(arm)).toBeNull()
    await createCaller(ctx).datasets.list()
    expect(fs.readFileSync(file)).toEqual(before)
    expect(wordOf(arm)).toBe('helped')
  })
})

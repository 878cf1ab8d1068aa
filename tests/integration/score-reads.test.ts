import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runs } from '../../db/schema.ts'
import type { Context } from '../../server/domain/context.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { loadExperiment } from '../../server/domain/experiments/load-experiment.ts'
import { claimJobs } from '../../server/domain/jobs/claim-jobs.ts'
import { judgeAll } from '../../server/domain/verdicts/judge-all.ts'
import { endAnswered, scattered, trainAnswered, type Answers } from '../support/designed-answers.ts'
import { asTraining, openDomain } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'

const methods = [
  { name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 },
] as const
const answers: Answers = (armId, seed, example) => scattered(armId.charCodeAt(1), seed, example) < 0.8

let home: string
let ctx: Context
let close: () => void
/** Stored predictions that were read, by path. */
let read: string[]

beforeEach(() => {
  home = temporaryFolder()
  const room = openDomain(home)
  close = room.close
  read = []
  const { store } = room.ctx
  const counted: typeof store.read = (file) => {
    read.push(file.path)
    return store.read(file)
  }
  ctx = { ...room.ctx, store: { ...store, read: counted } }
})

afterEach(() => {
  close()
  removeFolder(home)
})

it('all questions of an experiment read the predictions of each run once', async () => {
  const { id } = await launchExperiment(ctx, { draft: smallDraft({ methods: [...methods], seeds: 3 }) })
  await trainAnswered(ctx, answers)
  read = []
  judgeAll(ctx, loadExperiment(ctx, id))
  expect(read).toHaveLength(1 + 3 * 3)
  expect(new Set(read).size).toBe(read.length)
})

it('a run that is claimed changes no figure, and nothing is judged again', async () => {
  const { id } = await launchExperiment(ctx, { draft: smallDraft({ methods: [], seeds: 3 }) })
  await endAnswered(ctx, asTraining((await claimJobs(ctx, { free: 1, busy: 0 }))[0]), answers)
  const before = judgeAll(ctx, loadExperiment(ctx, id))
  const training = asTraining((await claimJobs(ctx, { free: 1, busy: 0 }))[0])
  const claimed = ctx.db.read.select().from(runs).where(eq(runs.id, training.request.runId)).get()
  expect(claimed?.status).toBe('running')
  expect(judgeAll(ctx, loadExperiment(ctx, id))).toBe(before)
  await endAnswered(ctx, training, answers)
  expect(judgeAll(ctx, loadExperiment(ctx, id))).not.toBe(before)
})

import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Outcome } from '../../core/contracts/work-report.ts'
import type { JudgedComparison } from '../../core/judging/comparison.ts'
import { DatabaseBusyError } from '../../db/open-database.ts'
import { attempts, experiments, jobs, runs } from '../../db/schema.ts'
import type { Context } from '../../server/domain/context.ts'
import { cancelExperiment } from '../../server/domain/experiments/cancel-experiment.ts'
import { extendExperiment } from '../../server/domain/experiments/extend-experiment.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { loadExperiment, seedsIn } from '../../server/domain/experiments/load-experiment.ts'
import { readExperiment } from '../../server/domain/experiments/read-experiment.ts'
import { claimJobs } from '../../server/domain/jobs/claim-jobs.ts'
import { finishAttempt } from '../../server/domain/jobs/finish-attempt.ts'
import { recoverJobs } from '../../server/domain/jobs/recover-jobs.ts'
import { cancelRun } from '../../server/domain/runs/cancel-run.ts'
import { judgeExperiment } from '../../server/domain/verdicts/judge-experiment.ts'
import { readVerdictPage } from '../../server/domain/verdicts/read-verdict-page.ts'
import { endAnswered, scattered, trainAnswered, type Answers } from '../support/designed-answers.ts'
import { asTraining, openDomain } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'

const soft = { name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 } as const
const softArm = 'soft-targets-t4'

/** Label smoothing is far better than the control at every seed; soft targets hang on the seed. */
const mixed: Answers = (armId, seed, example) => {
  const luck = (seed % 3) * 0.12 - 0.12
  const accuracy = { scratch: 0.7, 'label-smoothing': 0.95, [softArm]: 0.7 + luck }[armId] ?? 0.97
  return scattered(armId.length, seed, example) < accuracy
}

/** Two networks of equal accuracy that are right on different examples, whatever the seed. */
const disagreeing: Answers = (armId, _seed, example) =>
  armId === softArm ? scattered(1, example) < 0.6 : scattered(2, example) < 0.6

let home: string
let ctx: Context
let close: () => void

beforeEach(() => {
  home = temporaryFolder()
  ;({ ctx, close } = openDomain(home))
})

afterEach(() => {
  close()
  removeFolder(home)
})

const launch = async (continuation: 'on-request' | 'until-decided', margin = 0.05): Promise<string> => {
  const draft = smallDraft({ methods: [soft], seeds: 3, moreLooks: [4, 5], margin, continuation })
  return (await launchExperiment(ctx, { draft })).id
}

const experiment = (id: string): typeof experiments.$inferSelect => {
  const found = ctx.db.read.select().from(experiments).where(eq(experiments.id, id)).get()
  if (found === undefined) throw new Error(`No experiment ${id}.`)
  return found
}

const seeds = (id: string, armId: string): (number | null)[] =>
  ctx.db.read
    .select({ seed: runs.seed, armId: runs.armId })
    .from(runs)
    .where(eq(runs.experimentId, id))
    .orderBy(asc(runs.seed))
    .all()
    .filter((run) => run.armId === armId)
    .map((run) => run.seed)

const judged = (id: string): Record<string, JudgedComparison> =>
  Object.fromEntries(judgeExperiment(ctx, loadExperiment(ctx, id)).map((one) => [one.arm, one]))

/** Claims a training of the second look and leaves it running. */
async function claimFourth(): Promise<ReturnType<typeof asTraining>> {
  const training = asTraining((await claimJobs(ctx, { free: 1, busy: 0 }))[0])
  expect(training.request.spec.seed).toBe(4)
  return training
}

/** The first look's trainings all but the last, which is returned running. */
async function untilLastOfFirstLook(): Promise<ReturnType<typeof asTraining>> {
  for (let ended = 0; ended < 9; ended += 1) {
    await endAnswered(ctx, asTraining((await claimJobs(ctx, { free: 1, busy: 0 }))[0]), mixed)
  }
  return asTraining((await claimJobs(ctx, { free: 1, busy: 0 }))[0])
}

async function failTeacher(): Promise<void> {
  const teacher = asTraining((await claimJobs(ctx, { free: 1, busy: 0 }))[0])
  const outcome = { type: 'failed', reason: 'error', text: 'Why.' } as const
  await finishAttempt(ctx, { attemptId: teacher.attemptId, outcome })
}

/** Ends what comes after the trainings: `trainAnswered` has claimed the first of it. */
async function endAfterJobs(): Promise<void> {
  const outcomes: Record<'fidelity' | 'profile', Outcome> = {
    fidelity: { type: 'fidelity-measured', runs: [] },
    profile: { type: 'profiled' },
  }
  for (;;) {
    const leased = ctx.db.read
      .select({ attemptId: attempts.id, kind: jobs.kind })
      .from(attempts)
      .innerJoin(jobs, eq(jobs.id, attempts.jobId))
      .where(eq(attempts.state, 'running'))
      .get()
    if (leased === undefined) return
    if (leased.kind === 'train') throw new Error('A training is still running.')
    await finishAttempt(ctx, { attemptId: leased.attemptId, outcome: outcomes[leased.kind] })
    await claimJobs(ctx, { free: 1, busy: 0 })
  }
}

describe('until decided', () => {
  it('takes look after look for the arm that stays open, and then measures latency', async () => {
    const id = await launch('until-decided')
    const ended = await trainAnswered(ctx, mixed)
    expect(ended.filter((name) => /[45]$/.test(name))).toEqual([
      'scratch 4',
      `${softArm} 4`,
      'scratch 5',
      `${softArm} 5`,
    ])
    // Agreement on the training examples is measured after the last look alone.
    expect(ended.at(-1)).toBe('fidelity')
    expect(experiment(id)).toMatchObject({ looksLaunched: 3, looksTaken: 3, status: 'running' })
    expect(experiment(id).decidedAt).not.toBeNull()
    expect(judged(id)['label-smoothing']).toMatchObject({ word: 'helped', look: { index: 0 } })
    expect(judged(id)[softArm]).toMatchObject({ word: 'inconclusive', open: false, look: { index: 2 } })
  })

  it('stops an arm that no number of seeds would decide with this test set', async () => {
    const id = await launch('until-decided', 0.02)
    const ended = await trainAnswered(ctx, disagreeing)
    expect(ended.at(-1)).toBe('fidelity')
    expect(judged(id)[softArm]).toMatchObject({ word: 'inconclusive', undecidable: true, open: false })
    expect(experiment(id)).toMatchObject({ looksLaunched: 1, looksTaken: 1 })
  })

  it('goes on after a restart when the server ended between a look and the next', async () => {
    const id = await launch('until-decided')
    const last = await untilLastOfFirstLook()
    // The commit of the last training's end is the last one that this server makes.
    let commits = 2
    const dying: Context = {
      ...ctx,
      db: {
        ...ctx.db,
        withTransaction: (work) => {
          commits -= 1
          return commits < 0 ? Promise.reject(new Error('killed')) : ctx.db.withTransaction(work)
        },
      },
    }
    await endAnswered(dying, last, mixed)
    expect(experiment(id)).toMatchObject({
      status: 'running',
      looksTaken: 1,
      looksLaunched: 1,
      decidedAt: null,
    })
    expect(await claimJobs(ctx, { free: 9, busy: 0 })).toEqual([])
    close()
    ;({ ctx, close } = openDomain(home))
    for (let start = 0; start < 2; start += 1) {
      await recoverJobs(ctx, 'The server ended under it.')
      expect(experiment(id)).toMatchObject({ status: 'running', looksTaken: 1, looksLaunched: 2 })
      expect(seeds(id, softArm)).toEqual([1, 2, 3, 4])
      expect(seeds(id, 'scratch')).toEqual([1, 2, 3, 4])
      expect(seeds(id, 'label-smoothing')).toEqual([1, 2, 3])
    }
    expect((await trainAnswered(ctx, mixed)).at(-1)).toBe('fidelity')
    expect(experiment(id)).toMatchObject({ looksTaken: 3, looksLaunched: 3 })
  })

  it('goes on by itself when a locked database kept the next look from being launched', async () => {
    const id = await launch('until-decided')
    const last = await untilLastOfFirstLook()
    let commits = 2
    const locked: Context = {
      ...ctx,
      db: {
        ...ctx.db,
        withTransaction: (work) => {
          commits -= 1
          return commits < 0
            ? Promise.reject(new DatabaseBusyError('Another process writes.'))
            : ctx.db.withTransaction(work)
        },
      },
    }
    await endAnswered(locked, last, mixed)
    expect(experiment(id)).toMatchObject({ looksTaken: 1, looksLaunched: 1, decidedAt: null })
    commits = Infinity
    const [fourth] = (await claimJobs(locked, { free: 1, busy: 0 })).map(asTraining)
    expect(fourth?.request.spec.seed).toBe(4)
    expect(experiment(id)).toMatchObject({ looksTaken: 1, looksLaunched: 2 })
  })

  it('ends at the look when the last run of its open arm is cancelled: that arm has no word to come', async () => {
    const id = await launch('until-decided')
    const last = await untilLastOfFirstLook()
    expect(last.request.spec.armId).toBe(softArm)
    await recoverJobs(ctx, 'The server was stopped.')
    await cancelRun(ctx, { runId: last.request.runId })
    expect(judged(id)[softArm]?.word).toBeNull()
    expect(experiment(id)).toMatchObject({ looksTaken: 1, looksLaunched: 1 })
    expect(experiment(id).decidedAt).not.toBeNull()
    expect(await trainAnswered(ctx, mixed)).toEqual(['fidelity'])
  })

  it('adds no seeds to arms that wait for a teacher without a result', async () => {
    const id = await launch('until-decided')
    await failTeacher()
    expect((await trainAnswered(ctx, mixed)).at(-1)).toBe('profile')
    expect(judged(id)['label-smoothing']?.word).toBe('helped')
    expect(judged(id)[softArm]).toMatchObject({ word: null, estimate: null })
    expect(experiment(id)).toMatchObject({ looksTaken: 1, looksLaunched: 1 })
    expect(experiment(id).decidedAt).not.toBeNull()
    const { looks } = await readVerdictPage(ctx, { id })
    expect(looks.map(({ state }) => state)).toEqual(['taken', 'not taken', 'not taken'])
  })
})

describe('on request', () => {
  it('each look follows the one before it, until the last', async () => {
    const id = await launch('on-request')
    await trainAnswered(ctx, mixed)
    await expect(extendExperiment(ctx, { id })).rejects.toThrow('still running')
    await endAfterJobs()
    for (const [look, seed] of [
      [2, 4],
      [3, 5],
    ]) {
      expect(experiment(id).status).toBe('finished')
      expect(await extendExperiment(ctx, { id })).toEqual({ runs: 2 })
      expect(experiment(id)).toMatchObject({ status: 'running', decidedAt: null, endedAt: null })
      expect(experiment(id)).toMatchObject({ looksLaunched: look, looksTaken: (look ?? 0) - 1 })
      await recoverJobs(ctx, 'The server ended under it.')
      expect(await trainAnswered(ctx, mixed)).toEqual([`scratch ${seed}`, `${softArm} ${seed}`])
      expect(experiment(id)).toMatchObject({ looksLaunched: look, looksTaken: look, status: 'finished' })
    }
    await expect(extendExperiment(ctx, { id })).rejects.toThrow('All planned looks were taken')
  })

  it('is refused where every arm is decided', async () => {
    const id = await launch('on-request')
    await trainAnswered(ctx, (_armId, seed, example) => scattered(seed, example) < 0.8)
    await endAfterJobs()
    await expect(extendExperiment(ctx, { id })).rejects.toMatchObject({
      code: 'conflict',
      message: 'No arm is open: the seeds of a further look would change no word.',
    })
    expect(experiment(id)).toMatchObject({ status: 'finished', looksLaunched: 1 })
  })

  it('offers no further look to an arm that lacks its teacher, nor takes one', async () => {
    const id = await launch('on-request')
    await failTeacher()
    await trainAnswered(ctx, mixed)
    await endAfterJobs()
    const page = await readVerdictPage(ctx, { id })
    expect(page.comparisons.find(({ arm }) => arm === softArm)?.word).toBeNull()
    expect(page.extension).toBeNull()
    expect(page.next.filter(({ action }) => action?.kind === 'extend')).toEqual([])
    expect(page.looks.map(({ state }) => state)).toEqual(['taken', 'not taken', 'not taken'])
    await expect(extendExperiment(ctx, { id })).rejects.toThrow('No arm is open')
    expect(seeds(id, softArm)).toEqual([1, 2, 3])
  })
})

describe('cancelling', () => {
  it('a person who cancels the second look leaves the words of the first, and none for the arm that was cut short', async () => {
    const id = await launch('until-decided')
    const last = await untilLastOfFirstLook()
    await endAnswered(ctx, last, mixed)
    const fourth = await claimFourth()
    expect(judged(id)[softArm]).toMatchObject({ word: null, provisional: true })
    expect(judged(id)['label-smoothing']?.word).toBe('helped')
    expect(seedsIn(loadExperiment(ctx, id))).toBe(3)
    await cancelExperiment(ctx, { id })
    expect(experiment(id).status).toBe('cancelled')
    await finishAttempt(ctx, { attemptId: fourth.attemptId, outcome: { type: 'cancelled' } })
    expect(experiment(id)).toMatchObject({ status: 'cancelled', looksLaunched: 2, looksTaken: 2 })
    expect(experiment(id).decidedAt).not.toBeNull()
    expect(await claimJobs(ctx, { free: 9, busy: 0 })).toEqual([])
    expect(judged(id)['label-smoothing']).toMatchObject({ word: 'helped', look: { index: 0 } })
    expect(judged(id)[softArm]?.word).toBeNull()
    expect(judged(id)[softArm]?.noWord?.why).toBe('stopped')
    const page = await readExperiment(ctx, { id })
    expect(page.progress.map((arm) => arm.cells.length)).toEqual([1, 4, 4, 3])
    expect(page.after.map((job) => job.state)).toEqual(['cancelled', 'cancelled'])
    await expect(extendExperiment(ctx, { id })).rejects.toMatchObject({ code: 'conflict' })
  })
})

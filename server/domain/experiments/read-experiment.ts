import { eq } from 'drizzle-orm'
import { sizeNotes } from '../../../core/planning/draft-protocol.ts'
import { networkFacts, networkLabel } from '../../../core/networks/registry.ts'
import type { NetworkSpec } from '../../../core/contracts/network.ts'
import type { Protocol } from '../../../core/contracts/protocol.ts'
import { hasEnded } from '../../../core/contracts/run.ts'
import type { ExperimentPage, FileFault } from '../../../core/contracts/views.ts'
import { runs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { datasetCatalogue } from '../datasets/catalogue.ts'
import { runningAttempts } from '../jobs/running-attempts.ts'
import { fileFault } from '../runs/file-fault.ts'
import { runFiles } from '../runs/run-files.ts'
import { storedFault } from '../verdicts/read-scores.ts'
import { dataFault } from '../verdicts/test-data.ts'
import { queueTimes } from '../timing/queue-times.ts'
import { countVerified } from '../verifications/count-verified.ts'
import {
  afterJobs,
  loadExperiment,
  progressOf,
  runsOf,
  seedsLaunched,
  testPredictions,
  type LoadedExperiment,
  type RunWithEvaluation,
} from './load-experiment.ts'

/** Header, progress and protocol of an experiment. */
export function readExperiment(ctx: Context, { id }: { id: string }): ExperimentPage {
  const loaded = loadExperiment(ctx, id)
  const { protocol, experiment, hash, arms } = loaded
  const running = runningAttempts(ctx)
  const teacherRun = runsOf(loaded, 'teacher')[0]
  return {
    id,
    question: experiment.name,
    demonstration: experiment.demonstration,
    status: experiment.status,
    launchedAt: experiment.createdAt,
    endedAt: experiment.endedAt,
    protocol,
    protocolHash: hash,
    dataLabel: datasetCatalogue[protocol.data.name].label,
    teacher: describeNetwork(protocol.teacher.network, protocol, runsOf(loaded, 'teacher')),
    student: describeNetwork(
      protocol.student.network,
      protocol,
      loaded.runs.filter((run) => run.armId !== 'teacher'),
    ),
    arms,
    seeds: seedsLaunched(loaded),
    progress: arms.map((arm) => ({
      armId: arm.id,
      cells: runsOf(loaded, arm.id).map((run) => ({
        runId: run.id,
        seed: run.seed ?? 0,
        status: run.status,
        progress: progressOf(ctx, run, running),
      })),
    })),
    runsTotal: loaded.runs.length,
    runsEnded: loaded.runs.filter(hasEnded).length,
    left: experiment.status === 'running' ? queueTimes(ctx).ofExperiment(id) : null,
    after: afterJobs(loaded),
    verified: countVerified(ctx, id),
    teacherReusedFrom: teacherRun === undefined ? null : reusedFrom(ctx, teacherRun.reusedFrom),
    notes: sizeNotes(protocol, protocol.data),
    damaged: damagedIn(ctx, loaded),
  }
}

function describeNetwork(
  network: NetworkSpec,
  { data }: Protocol,
  trained: LoadedExperiment['runs'],
): ExperimentPage['teacher'] {
  const { parameters, macs } = networkFacts(network, data)
  const weighed = trained.find((run) => run.status === 'finished')?.evaluation
  return {
    label: networkLabel(network),
    parameters,
    macs,
    sizeBytes: weighed?.sizeBytes ?? null,
  }
}

function reusedFrom(ctx: Context, runId: string | null): ExperimentPage['teacherReusedFrom'] {
  if (runId === null) return null
  const run = ctx.db.read
    .select({ experimentId: runs.experimentId })
    .from(runs)
    .where(eq(runs.id, runId))
    .get()
  return run === undefined ? null : { experimentId: run.experimentId, runId }
}

/** The data set alone where it is at fault: no run can be read without it. */
function damagedIn(ctx: Context, loaded: LoadedExperiment): ExperimentPage['damaged'] {
  const { hash } = loaded.protocol.data
  const ofData = fileFault({ name: 'data set', path: `datasets/${hash}` }, dataFault(ctx, loaded))
  if (ofData !== null) return [{ runId: null, label: 'Data set', fault: ofData }]
  return loaded.runs.flatMap((run) => {
    const fault =
      fileFault({ name: testPredictions, path: run.predictions?.path ?? '' }, storedFault(ctx, run)) ??
      (isWaitedFor(loaded, run) ? firstFault(ctx, loaded, run) : null)
    return fault === null ? [] : [{ runId: run.id, label: run.name, fault }]
  })
}

/** Runs wait for it although it has finished: until its files are mended. */
const isWaitedFor = ({ jobs }: LoadedExperiment, run: RunWithEvaluation): boolean =>
  run.status === 'finished' && jobs.some((job) => job.state === 'planned' && job.waitsForRun === run.id)

function firstFault(ctx: Context, loaded: LoadedExperiment, run: RunWithEvaluation): FileFault | null {
  const found = runFiles(ctx, loaded, run).find(({ fault }) => fault !== null)
  return found === undefined ? null : fileFault(found.file, found.fault)
}

import { asc, count, desc, eq } from 'drizzle-orm'
import { formulaText } from '../../../core/methods/formula.ts'
import { openMethod } from '../../../core/methods/registry.ts'
import { networkFacts } from '../../../core/networks/registry.ts'
import type { Cancelling } from '../../../core/contracts/cancelling.ts'
import { hasEnded, RunSpec } from '../../../core/contracts/run.ts'
import type { RunPage } from '../../../core/contracts/views.ts'
import { readMetrics, type MetricSeries } from '../../../db/read-metrics.ts'
import { attempts, jobs, logLines, runs } from '../../../db/schema.ts'
import type { Context, LiveSlot } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'
import {
  isTrainedAgain,
  labelsOf,
  loadExperiment,
  runsOf,
  type LoadedExperiment,
} from '../experiments/load-experiment.ts'
import { wordlessRuns } from '../experiments/wordless-runs.ts'
import { batchShape } from '../../../core/planning/batch-shape.ts'
import { stepsPerEpoch } from '../../../core/planning/steps-per-epoch.ts'
import { curveKeys } from '../../../core/evaluation/curve-keys.ts'
import { trainedTime } from '../jobs/trained-time.ts'
import { runningAttempts } from '../jobs/running-attempts.ts'
import { queueTimes } from '../timing/queue-times.ts'
import { figuresOf } from '../verdicts/summarise-arms.ts'
import { stepsMade } from './steps-made.ts'
import { readLoggedMetrics } from './read-logged-metrics.ts'
import { fileFault } from './file-fault.ts'
import { runFiles } from './run-files.ts'
import { readVerifications } from '../verifications/read-verifications.ts'

/** Log lines that the page shows; the whole log can be downloaded. */
const shownLines = 200

/** Everything about one run. Throws DomainError not-found. */
export function readRun(ctx: Context, { runId }: { runId: string }): RunPage {
  const row = ctx.db.read
    .select({ experimentId: runs.experimentId })
    .from(runs)
    .where(eq(runs.id, runId))
    .get()
  if (row === undefined) throw new DomainError('not-found', `There is no run ${runId}.`)
  const loaded = loadExperiment(ctx, row.experimentId)
  const run = loaded.runs.find((one) => one.id === runId)
  const arm = loaded.arms.find((one) => one.id === run?.armId)
  if (run === undefined || arm === undefined) throw new DomainError('not-found', `There is no run ${runId}.`)
  const spec = RunSpec.parse(run.spec)
  const attempt = runningAttempts(ctx).get(runId)
  const slot = attempt === undefined ? null : (ctx.workers.slots().get(attempt) ?? null)
  const peers = runsOf(loaded, arm.id).filter((one) => one.id !== runId && one.status === 'finished')
  const series = readMetrics(ctx.db.read, [runId, ...peers.map((one) => one.id)], curveKeys)
  return {
    runId,
    experiment: { id: loaded.experiment.id, question: loaded.experiment.name },
    arm,
    seed: run.seed ?? 0,
    status: run.status,
    reason: run.reason,
    spec,
    specHash: run.specHash ?? '',
    loss: formulaText(openMethod(spec.method).formula()),
    ...stepsOf(
      hasEnded(run) ? (run.evaluation?.steps ?? stepsMade(ctx, [runId]).get(runId) ?? 0) : null,
      spec.training.steps,
      slot,
    ),
    left: run.status === 'running' ? timeLeft(ctx, loaded, runId) : null,
    stepsPerEpoch: stepsPerEpoch(loaded.protocol, arm.id),
    batch: batchShape(
      spec.method,
      spec.training.batchSize,
      spec.labels?.perSeed ?? loaded.protocol.data.train,
    ),
    createdAt: run.createdAt,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    trainedMs: run.endedAt === null ? null : (trainedTime(ctx, [runId]).get(runId) ?? null),
    engine: `${spec.engine.name} (${spec.engine.version})`,
    weightsSha256: run.weightsSha256,
    parameters: networkFacts(spec.network, spec.data).parameters,
    figures: figuresOf(run, spec.data.classes),
    attempts: readAttempts(ctx, runId),
    artifacts: runFiles(ctx, loaded, run).map(({ file, fault }) => ({
      name: file.name,
      sizeBytes: file.sizeBytes,
      sha256: file.sha256,
      href: `/api/runs/${runId}/artifacts/${file.name}`,
      fault: fileFault(file, fault),
    })),
    trainedAgain: isTrainedAgain(run),
    verifications: readVerifications(ctx, run.reusedFrom === null ? [runId] : [runId, run.reusedFrom]),
    ...readLog(ctx, runId),
    lineage: lineage(loaded, run),
    curves: Object.fromEntries(
      series.filter((one) => one.runId === runId).map((one) => [one.key, one.points]),
    ),
    logged: readLoggedMetrics(ctx, runId),
    siblings: groupByKey(series.filter((one) => one.runId !== runId)),
    residentBytes: slot?.residentBytes ?? null,
    tensors: slot?.tensors ?? null,
    cancelling: hasEnded(run) ? null : cancellingOf(loaded, runId),
  }
}

function stepsOf(
  done: number | null,
  planned: number,
  slot: LiveSlot | null,
): Pick<RunPage, 'step' | 'steps' | 'stepMs'> {
  if (done !== null) return { step: done, steps: planned, stepMs: null }
  return { step: slot?.step ?? 0, steps: planned, stepMs: slot?.stepMs ?? null }
}

function timeLeft(ctx: Context, { jobs: own }: LoadedExperiment, runId: string): RunPage['left'] {
  const job = own.find((one) => one.runId === runId)
  return job === undefined ? null : queueTimes(ctx).ofJob(job.id)
}

function cancellingOf(loaded: LoadedExperiment, runId: string): Cancelling {
  const [now, then] = [wordlessRuns(loaded), wordlessRuns(loaded, runId)]
  const lost = then.arms.map(({ arm }) => arm).filter((id) => !now.arms.some(({ arm }) => arm === id))
  return {
    arms: labelsOf(loaded, lost),
    all: then.all,
    decidedBefore: then.decidedBefore,
    runs: then.runs.length,
  }
}

function readAttempts(ctx: Context, runId: string): RunPage['attempts'] {
  return ctx.db.read
    .select({
      number: attempts.number,
      state: attempts.state,
      startedAt: attempts.startedAt,
      endedAt: attempts.endedAt,
      reason: attempts.reason,
      resumedFromStep: attempts.resumedFromStep,
    })
    .from(attempts)
    .innerJoin(jobs, eq(jobs.id, attempts.jobId))
    .where(eq(jobs.runId, runId))
    .orderBy(asc(attempts.number))
    .all()
}

function readLog(ctx: Context, runId: string): Pick<RunPage, 'log' | 'logLines'> {
  const newest = ctx.db.read
    .select({ at: logLines.at, level: logLines.level, text: logLines.text })
    .from(logLines)
    .where(eq(logLines.runId, runId))
    .orderBy(desc(logLines.id))
    .limit(shownLines)
    .all()
  const total = ctx.db.read.select({ lines: count() }).from(logLines).where(eq(logLines.runId, runId)).get()
  return { log: newest.toReversed(), logLines: total?.lines ?? 0 }
}

function lineage(loaded: LoadedExperiment, run: LoadedExperiment['runs'][number]): RunPage['lineage'] {
  const teacher = RunSpec.parse(run.spec).teacherSpecHash === null ? undefined : runsOf(loaded, 'teacher')[0]
  const control =
    run.armId === loaded.control.id || run.armId === 'teacher'
      ? undefined
      : loaded.runs.find((one) => one.armId === loaded.control.id && one.seed === run.seed)
  return {
    teacher:
      teacher === undefined
        ? null
        : { runId: teacher.id, label: loaded.arms[0]?.detail ?? 'Teacher', status: teacher.status },
    control: control === undefined ? null : { runId: control.id, status: control.status },
    reusedFrom: run.reusedFrom,
  }
}

function groupByKey(series: readonly MetricSeries[]): RunPage['siblings'] {
  const groups: RunPage['siblings'] = {}
  for (const { key, points } of series) groups[key] = [...(groups[key] ?? []), points]
  return groups
}

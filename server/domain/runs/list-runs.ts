import { improvementSign } from '../../../core/metrics/registry.ts'
import { eq } from 'drizzle-orm'
import type { RunRow } from '../../../core/contracts/views.ts'
import { hasEnded, RunSpec } from '../../../core/contracts/run.ts'
import { stepsPerEpoch } from '../../../core/planning/steps-per-epoch.ts'
import { jobs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { loadExperiment, progressOf, runsOf, type RunWithEvaluation } from '../experiments/load-experiment.ts'
import { trainedTime } from '../jobs/trained-time.ts'
import { runningAttempts } from '../jobs/running-attempts.ts'
import { storedFault } from '../verdicts/read-scores.ts'
import { figuresOf } from '../verdicts/summarise-arms.ts'
import { faultState } from './file-fault.ts'
import { stepsMade } from './steps-made.ts'

/** Every run of an experiment, arms in protocol order, then by seed. */
export function listRuns(ctx: Context, { id }: { id: string }): RunRow[] {
  const loaded = loadExperiment(ctx, id)
  const running = runningAttempts(ctx)
  const { classes } = loaded.protocol.data
  const metric = `test/${loaded.protocol.primaryMetric}`
  const sign = improvementSign(loaded.protocol.primaryMetric)
  const control = new Map(
    runsOf(loaded, loaded.control.id).map((run) => [run.seed, figuresOf(run, classes)[metric]]),
  )
  const tried = new Map(
    ctx.db.read
      .select({ runId: jobs.runId, attempts: jobs.attempts })
      .from(jobs)
      .where(eq(jobs.experimentId, id))
      .all()
      .map((job) => [job.runId, job.attempts]),
  )
  const trained = trainedTime(
    ctx,
    loaded.runs.map((run) => run.id),
  )
  const cutShort = stepsMade(
    ctx,
    loaded.runs.filter((run) => hasEnded(run) && run.evaluation === null).map((run) => run.id),
  )
  return loaded.arms.flatMap((arm) =>
    runsOf(loaded, arm.id).map((run): RunRow => {
      const metrics = figuresOf(run, classes)
      const own = metrics[metric]
      const base = control.get(run.seed)
      const fault = storedFault(ctx, run)
      const compared = arm.role !== 'teacher' && own !== undefined && base !== undefined
      return {
        runId: run.id,
        armId: arm.id,
        seed: run.seed ?? 0,
        status: run.status,
        reason: run.reason,
        progress: progressOf(ctx, run, running),
        attempts: tried.get(run.id) ?? 0,
        ...stepsOf(run, cutShort.get(run.id), stepsPerEpoch(loaded.protocol, arm.id)),
        durationMs: run.endedAt === null ? null : (trained.get(run.id) ?? null),
        weightsSha256: run.weightsSha256,
        metrics,
        difference: compared ? sign * (own - base) : null,
        damaged: fault === null ? null : faultState(fault),
      }
    }),
  )
}

/** Steps made, none where a run ended before its first; else those of its result, or those that are planned. */
function stepsOf(
  run: RunWithEvaluation,
  cutShort: number | undefined,
  perEpoch: number,
): Pick<RunRow, 'steps' | 'epochs'> {
  const { evaluation, spec } = run
  if (evaluation !== null) return { steps: evaluation.steps, epochs: evaluation.epochs }
  if (cutShort !== undefined && cutShort > 0) return { steps: cutShort, epochs: cutShort / perEpoch }
  if (hasEnded(run)) return { steps: null, epochs: null }
  return { steps: RunSpec.parse(spec).training.steps, epochs: null }
}

import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, desc, eq, lt } from 'drizzle-orm'
import { networkLabel } from '../../../core/distillation/network-label.ts'
import type { ExperimentSummary } from '../../../core/contracts/views.ts'
import { meanByPosition, type PositionCurve } from '../../../core/series/mean-by-position.ts'
import { VerdictWord, type ComparisonDetail } from '../../../core/contracts/verdict.ts'
import { readMetrics } from '../../../db/read-metrics.ts'
import { experiments } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { datasetCatalogue } from '../datasets/catalogue.ts'
import { judgeExperiment } from '../verdicts/judge-experiment.ts'
import { runningAttempts } from '../jobs/running-attempts.ts'
import { wordlessRuns } from './wordless-runs.ts'
import { remainingMs } from './remaining-time.ts'
import { hasEnded } from '../../../core/contracts/run.ts'
import { loadExperiment, runsOf, seedsIn, seedsLaunched, type LoadedExperiment } from './load-experiment.ts'

/** Experiments, newest first, at most `limit`; `before` is the launch time of the last one of the page before. */
export async function listExperiments(
  ctx: Context,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<ExperimentSummary[]> {
  const rows = ctx.db.read
    .select({ id: experiments.id })
    .from(experiments)
    .where(
      and(
        eq(experiments.lifecycleStage, 'active'),
        ...(before === undefined ? [] : [lt(experiments.createdAt, before)]),
      ),
    )
    .orderBy(desc(experiments.createdAt), desc(experiments.id))
    .limit(limit)
    .all()
  const summaries: ExperimentSummary[] = []
  for (const { id } of rows) {
    summaries.push(await summarise(ctx, loadExperiment(ctx, id)))
    // The first list after a start judges every experiment anew: others get their turn in between.
    await nextTurn()
  }
  return summaries
}

async function summarise(ctx: Context, loaded: LoadedExperiment): Promise<ExperimentSummary> {
  const { experiment, protocol } = loaded
  // Words of a look stay while the seeds of the next one are trained.
  const comparisons = experiment.looksTaken > 0 ? judgeExperiment(ctx, loaded) : []
  const students = loaded.runs.filter((run) => run.armId !== 'teacher')
  const etaMs = experiment.status === 'running' ? await remainingMs(ctx, loaded, runningAttempts(ctx)) : null
  return {
    id: experiment.id,
    question: experiment.name,
    demonstration: experiment.demonstration,
    data: datasetCatalogue[protocol.data.name].label,
    teacher: networkLabel(protocol.teacher.network),
    student: networkLabel(protocol.student.network),
    status: experiment.status,
    launchedAt: experiment.createdAt,
    endedAt: experiment.endedAt,
    seedsPerArm: seedsLaunched(loaded).length,
    primaryMetric: protocol.primaryMetric,
    margin: protocol.margin,
    seedsIn: seedsIn(loaded),
    wordless: experiment.status === 'running' && wordlessRuns(loaded).all,
    comparisons: protocol.arms.length - 1,
    runsTotal: loaded.runs.length,
    runsEnded: loaded.runs.filter(hasEnded).length,
    runsDiverged: students.filter((run) => run.status === 'diverged').length,
    runsFailed: loaded.runs.filter((run) => run.status === 'failed').length,
    etaMs,
    words: groupWords(loaded, comparisons),
    noWord: whyNoWord(loaded, comparisons),
    spark: sparkline(ctx, loaded),
  }
}

function whyNoWord(
  { experiment }: LoadedExperiment,
  comparisons: readonly ComparisonDetail[],
): string | null {
  const reason = comparisons.find((comparison) => comparison.word === null)?.reason ?? null
  return reason !== null && experiment.status === 'cancelled' ? `cancelled, ${reason}` : reason
}

function groupWords(
  { arms }: LoadedExperiment,
  comparisons: readonly ComparisonDetail[],
): ExperimentSummary['words'] {
  const groups: ExperimentSummary['words'] = []
  for (const { word: read, arm } of comparisons) {
    // Against the control there are no other words; null: none yet.
    const { data: word } = VerdictWord.safeParse(read)
    if (word === undefined) continue
    const label = arms.find((one) => one.id === arm)?.label ?? arm
    const group = groups.find((one) => one.word === word)
    if (group === undefined) groups.push({ word, arms: [label] })
    else group.arms.push(label)
  }
  return groups
}

const sparkKey = 'validation/accuracy'

function sparkline(ctx: Context, loaded: LoadedExperiment): ExperimentSummary['spark'] {
  const distilled = loaded.arms.find((arm) => arm.role === 'distillation')
  const curve = (armId: string): number[] => meanByPosition(curvesOf(ctx, loaded, armId))
  const own = { arm: distilled === undefined ? [] : curve(distilled.id), control: curve(loaded.control.id) }
  if (own.arm.length === 0 && own.control.length === 0) return null
  return { ...own, teacher: curvesOf(ctx, loaded, 'teacher')[0]?.values.at(-1) ?? null }
}

function curvesOf(ctx: Context, loaded: LoadedExperiment, armId: string): PositionCurve[] {
  const runs = runsOf(loaded, armId)
  return readMetrics(
    ctx.db.read,
    runs.map((run) => run.id),
    [sparkKey],
  ).map(({ runId, points }) => ({
    values: points.map(([, value]) => value),
    complete: runs.some((run) => run.id === runId && run.status === 'finished'),
  }))
}

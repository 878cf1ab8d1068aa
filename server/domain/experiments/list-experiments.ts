import { noWordText } from '../../../core/wording/no-word-text.ts'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, desc, eq, lt, or, type SQL } from 'drizzle-orm'
import { networkLabel } from '../../../core/networks/registry.ts'
import type { ExperimentSummary } from '../../../core/contracts/views.ts'
import { meanByPosition, type PositionCurve } from '../../../core/series/mean-by-position.ts'
import { VerdictWord } from '../../../core/contracts/verdict.ts'
import type { JudgedComparison } from '../../../core/judging/comparison.ts'
import { readMetrics } from '../../../db/read-metrics.ts'
import { experiments } from '../../../db/schema.ts'
import { DomainError } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'
import { datasetCatalogue } from '../datasets/catalogue.ts'
import { judgeExperiment } from '../verdicts/judge-experiment.ts'
import { withinSentence } from '../../../core/wording/phrases.ts'
import { queueTimes, type QueueTimes } from '../timing/queue-times.ts'
import { wordlessRuns } from './wordless-runs.ts'
import { hasEnded } from '../../../core/contracts/run.ts'
import { loadExperiment, runsOf, seedsIn, seedsLaunched, type LoadedExperiment } from './load-experiment.ts'

/** Where a page ends: its last experiment. Two may have been launched in the same millisecond. */
export interface ListCursor {
  createdAt: number
  id: string
}

/**
 * Experiments, newest first, at most `limit`; those after `cursor`. One that cannot be shown says so in its place and
 * keeps no other from being listed.
 */
export async function listExperiments(
  ctx: Context,
  { cursor, limit }: { cursor?: ListCursor | null | undefined; limit: number },
): Promise<ExperimentSummary[]> {
  const rows = ctx.db.read
    .select()
    .from(experiments)
    .where(and(eq(experiments.lifecycleStage, 'active'), cursor == null ? undefined : after(cursor)))
    .orderBy(desc(experiments.createdAt), desc(experiments.id))
    .limit(limit)
    .all()
  const summaries: ExperimentSummary[] = []
  const times = queueTimes(ctx)
  for (const row of rows) {
    try {
      summaries.push(summarise(ctx, loadExperiment(ctx, row.id), times))
    } catch (error) {
      summaries.push(unreadable(ctx, row, error))
    }
    // The first list after a start judges every experiment anew: others get their turn in between.
    await nextTurn()
  }
  return summaries
}

const after = ({ createdAt, id }: ListCursor): SQL | undefined =>
  or(lt(experiments.createdAt, createdAt), and(eq(experiments.createdAt, createdAt), lt(experiments.id, id)))

/** What its row alone says of an experiment, and why there is no more. */
function unreadable(ctx: Context, row: typeof experiments.$inferSelect, error: unknown): ExperimentSummary {
  ctx.log.error({ err: error, experiment: row.id }, 'an experiment cannot be listed')
  return {
    id: row.id,
    question: row.name,
    demonstration: row.demonstration,
    status: row.status,
    launchedAt: row.createdAt,
    endedAt: row.endedAt,
    unreadable:
      error instanceof DomainError
        ? error.message
        : 'It cannot be shown. The log (logs/server.log in the state folder) says why.',
    data: '',
    teacher: '',
    student: '',
    seedsPerArm: 0,
    primaryMetric: 'accuracy',
    margin: 0,
    seedsIn: 0,
    comparisons: 0,
    runsTotal: 0,
    runsEnded: 0,
    runsDiverged: 0,
    runsFailed: 0,
    left: null,
    wordless: false,
    words: [],
    noWord: null,
    spark: null,
  }
}

function summarise(ctx: Context, loaded: LoadedExperiment, times: QueueTimes): ExperimentSummary {
  const { experiment, protocol } = loaded
  // Words of a look stay while the seeds of the next one are trained.
  const comparisons = experiment.looksTaken > 0 ? judgeExperiment(ctx, loaded) : []
  const students = loaded.runs.filter((run) => run.armId !== 'teacher')
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
    unreadable: null,
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
    left: experiment.status === 'running' ? times.ofExperiment(experiment.id) : null,
    words: groupWords(loaded, comparisons),
    noWord: whyNoWord(loaded, comparisons),
    spark: sparkline(ctx, loaded),
  }
}

function whyNoWord(
  { experiment, arms }: LoadedExperiment,
  comparisons: readonly JudgedComparison[],
): string | null {
  const without = comparisons.filter((comparison) => comparison.word === null)
  const [first] = without
  if (first === undefined || first.noWord === null) return null
  const all = without.length === comparisons.length
  const label = arms.find(({ id }) => id === first.arm)?.label ?? first.arm
  const more = without.length > 1 ? ` and ${without.length - 1} more` : ''
  const why = noWordText(first.noWord)
  const reason = all ? why : `${withinSentence(label)}${more}: ${why}`
  return experiment.status === 'cancelled' ? `cancelled, ${reason}` : reason
}

function groupWords(
  { arms }: LoadedExperiment,
  comparisons: readonly JudgedComparison[],
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

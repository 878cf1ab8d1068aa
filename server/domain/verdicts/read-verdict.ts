import { improvementSign } from '../../../core/metrics/registry.ts'
import { answer } from '../../../core/wording/answer.ts'
import { scopeText } from '../../../core/wording/scope.ts'
import { verdictMarkdown } from '../../../core/wording/verdict-markdown.ts'
import type { JudgedComparison } from '../../../core/judging/comparison.ts'
import type { LookView, VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { Context } from '../context.ts'
import { seedsAddedAt } from '../../../core/planning/plan-looks.ts'
import { demonstrationRemark } from '../../../core/planning/defaults.ts'
import { datasetCatalogue } from '../datasets/catalogue.ts'
import { openArms } from '../experiments/launch-look.ts'
import {
  armLabels,
  loadExperiment,
  seedsIn,
  seedsLaunched,
  type LoadedExperiment,
} from '../experiments/load-experiment.ts'
import { wordlessRuns, type WordlessRuns } from '../experiments/wordless-runs.ts'
import { judgeAll } from './judge-all.ts'
import { sayJudged } from './say-judged.ts'
import { summariseArms } from './summarise-arms.ts'

/** The Verdict page but for what comes next, which needs this machine's speed. */
export type Verdict = Omit<VerdictPage, 'next' | 'extension'>

/** The answer of an experiment as its runs stand now. */
export function readVerdict(ctx: Context, { id }: { id: string }): Verdict {
  return verdictOf(ctx, loadExperiment(ctx, id))
}

export function verdictOf(ctx: Context, loaded: LoadedExperiment): Verdict {
  const { protocol, arms, experiment, hash } = loaded
  const labels = armLabels(loaded)
  const judged = sayJudged(judgeAll(ctx, loaded), labels)
  const { comparisons } = judged
  const figures = summariseArms(ctx, loaded)
  const state = stateOf(loaded, comparisons)
  const plannedSeeds = seedsLaunched(loaded).length
  const roles = Object.fromEntries(arms.map((arm) => [arm.id, arm.role]))
  const { margin, alpha } = protocol
  const corrected = protocol.arms.length - 1
  const without = wordlessRuns(loaded)
  const { headline, text } = answer({
    state,
    comparisons,
    labels,
    roles,
    smoothing: judged.smoothing?.sentence ?? null,
    seedsIn: seedsIn(loaded),
    plannedSeeds,
    margin,
    corrected,
    cancelled: experiment.status === 'cancelled',
    wordless: without,
  })
  const scope = scopeText({
    seeds: plannedSeeds,
    examples: protocol.data.test,
    ...(protocol.data.groups === undefined ? {} : { groups: protocol.data.groups.test }),
    labels: protocol.labels,
    paired: protocol.paired,
  })
  return {
    ...judged,
    state,
    headline,
    text,
    scope,
    looks: looksOf(loaded, comparisons),
    continuation: protocol.continuation,
    outlook: outlookOf(loaded, without),
    teacherDifference: teacherDifference(loaded, figures),
    metric: protocol.primaryMetric,
    margin,
    alpha,
    corrected,
    paired: protocol.paired,
    plannedSeeds,
    seedsIn: seedsIn(loaded),
    examples: protocol.data.test,
    figures,
    markdown: verdictMarkdown({
      question: experiment.name,
      data: datasetCatalogue[protocol.data.name].label,
      headline,
      text,
      scope,
      comparisons,
      smoothing: judged.smoothing?.sentence ?? null,
      teacher: judged.teacher?.comparisons ?? [],
      labels,
      margin,
      alpha,
      corrected,
      remark: experiment.demonstration ? demonstrationRemark : null,
      protocolHash: hash,
    }),
  }
}

function outlookOf({ experiment }: LoadedExperiment, without: WordlessRuns): VerdictPage['outlook'] {
  if (experiment.status !== 'running' || experiment.decidedAt !== null || without.arms.length === 0)
    return null
  return {
    arms: without.arms.map(({ arm }) => arm),
    all: without.all,
    runs: without.runs.length,
  }
}

function stateOf(
  { runs, experiment }: LoadedExperiment,
  comparisons: readonly JudgedComparison[],
): VerdictPage['state'] {
  if (experiment.decidedAt !== null) {
    const stopped = runs.some((run) => run.armId !== 'teacher' && run.status === 'cancelled')
    return stopped ? 'stopped' : 'decided'
  }
  return comparisons.some((comparison) => comparison.estimate !== null) ? 'provisional' : 'waiting'
}

function looksOf(loaded: LoadedExperiment, comparisons: readonly JudgedComparison[]): LookView[] {
  const { protocol, experiment, runs } = loaded
  const { looksTaken, looksLaunched, decidedAt, status } = experiment
  // Until decided, what goes on has gone on by itself; on request, it does so while an arm is open.
  const over =
    decidedAt !== null &&
    (status === 'cancelled' ||
      protocol.continuation === 'until-decided' ||
      openArms(loaded, comparisons).length === 0)
  const unneeded = comparisons.every(({ word }) => word !== null) ? 'not needed' : 'not taken'
  const added = (index: number): number[] => seedsAddedAt(protocol, index)
  const cutShort = (index: number): boolean =>
    index === looksLaunched - 1 &&
    runs.some((run) => run.status === 'cancelled' && run.seed !== null && added(index).includes(run.seed))
  const wasRead = (index: number): boolean =>
    comparisons.some(({ word, look }) => word !== null && look.index === index)
  const stateAt = (index: number): LookView['state'] => {
    if (cutShort(index) && (status === 'cancelled' || (decidedAt !== null && !wasRead(index))))
      return 'cut short'
    if (index < looksTaken) return 'taken'
    if (index < looksLaunched) return 'under way'
    return over ? unneeded : 'planned'
  }
  return protocol.looks.map(({ seeds, alpha }, index) => ({ seeds, alpha, state: stateAt(index) }))
}

/** Where the teacher stands on the axis of the differences: an improvement over the control's mean. */
function teacherDifference(loaded: LoadedExperiment, figures: VerdictPage['figures']): number | null {
  const { protocol } = loaded
  const key = `test/${protocol.primaryMetric}`
  const teacher = figures.find((one) => one.armId === 'teacher')?.metrics[key]
  const control = figures.find((one) => one.armId === loaded.control.id)?.metrics[key]
  if (teacher === undefined || control === undefined) return null
  return improvementSign(protocol.primaryMetric) * (teacher.mean - control.mean)
}

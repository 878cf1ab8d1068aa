import { and, eq, inArray } from 'drizzle-orm'
import { labelsUsed } from '../../../core/planning/labels-used.ts'
import { networkFacts } from '../../../core/networks/registry.ts'
import { DemoDocument } from '../../../core/contracts/demo-document.ts'
import type { SaidComparison } from '../../../core/wording/say-comparison.ts'
import { attempts, jobs, tags } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { labelsPath, testGroupsPath } from '../datasets/dataset-paths.ts'
import { judgeAll } from '../verdicts/judge-all.ts'
import { sayJudged, type SaidExperiment } from '../verdicts/say-judged.ts'
import { predictionsFault } from '../verdicts/read-scores.ts'
import { figuresOf, summariseArms } from '../verdicts/summarise-arms.ts'
import {
  armLabels,
  isTrainedAgain,
  loadExperiment,
  runsOf,
  type LoadedExperiment,
} from './load-experiment.ts'
import { stepsPerEpoch } from '../../../core/planning/steps-per-epoch.ts'

/** A finished experiment as one document, all but the times that only its caller knows (`build`, `total`). */
export function readDocument(ctx: Context, { id }: { id: string }): DemoDocument {
  const loaded = loadExperiment(ctx, id)
  const { protocol, experiment, hash } = loaded
  if (experiment.decidedAt === null) throw new DomainError('conflict', 'This experiment has not ended yet.')
  return DemoDocument.parse({
    experiment: { id, name: experiment.name, protocolHash: hash },
    engine: {
      name: protocol.engine.name,
      version: protocol.engine.version,
      ...machineOf(ctx, loaded),
    },
    data: {
      name: protocol.data.name,
      classes: protocol.data.classes,
      train: protocol.data.train,
      validation: protocol.data.validation,
      test: protocol.data.test,
      labelsUsed: labelsUsed(protocol),
      hash: protocol.data.hash,
    },
    alpha: protocol.alpha,
    margin: protocol.margin,
    primaryMetric: protocol.primaryMetric,
    paired: protocol.paired,
    labels: { test: labelsPath(protocol.data.hash, 'test') },
    ...(protocol.data.groups === undefined ? {} : { groups: { test: testGroupsPath(protocol.data.hash) } }),
    arms: describeArmsOf(ctx, loaded),
    comparisons: allComparisons(sayJudged(judgeAll(ctx, loaded), armLabels(loaded))).map(figuresOfComparison),
    durationMs: {
      build: 0,
      launchToVerdict: experiment.decidedAt - experiment.createdAt,
      profile: profileMs(ctx, id),
      total: 0,
    },
  })
}

function describeArmsOf(ctx: Context, loaded: LoadedExperiment): DemoDocument['arms'] {
  const { protocol } = loaded
  const summaries = new Map(summariseArms(ctx, loaded).map((summary) => [summary.armId, summary]))
  return loaded.arms.map((arm) => {
    const part = arm.role === 'teacher' ? protocol.teacher : protocol.student
    const { classes } = protocol.data
    const latency = summaries.get(arm.id)?.latency ?? null
    const { parameters, macs } = networkFacts(part.network, protocol.data)
    return {
      id: arm.id,
      method: arm.method,
      role: arm.role,
      steps: part.training.steps,
      epochs: part.training.steps / stepsPerEpoch(protocol, arm.id),
      parameters,
      sizeBytes: summaries.get(arm.id)?.sizeBytes ?? null,
      macs,
      latencyMs: latency === null ? null : { p50: latency.p50Ms, p90: latency.p90Ms },
      runs: runsOf(loaded, arm.id).map((run) => ({
        id: run.id,
        seed: run.seed ?? 0,
        status: run.status,
        weightsSha256: run.weightsSha256,
        metrics: figuresOf(run, classes),
        predictions:
          run.predictions === null || isTrainedAgain(run) || predictionsFault(ctx, loaded, run) !== null
            ? null
            : { test: run.predictions.path },
      })),
    }
  })
}

/** Every family, the primary question first. */
const allComparisons = ({ comparisons, secondary, smoothing }: SaidExperiment): SaidComparison[] => [
  ...comparisons,
  ...secondary,
  ...(smoothing?.comparisons ?? []),
]

/** The comparison without what only the page shows. */
function figuresOfComparison(detail: SaidComparison): DemoDocument['comparisons'][number] {
  const { arm, against, family, metric, paired, estimate, seedVariance, exampleVariance } = detail
  const {
    degreesOfFreedom,
    exampleDegreesOfFreedom,
    individual,
    simultaneous,
    word,
    note,
    reason,
    sentence,
    look,
  } = detail
  return {
    arm,
    against,
    family,
    metric,
    paired,
    estimate,
    seedVariance,
    exampleVariance,
    degreesOfFreedom,
    exampleDegreesOfFreedom,
    individual,
    simultaneous,
    word,
    note,
    reason,
    sentence,
    ...(look.of > 1 ? { look: { seeds: look.seeds, alpha: look.alpha } } : {}),
  }
}

/** The machine that trained the experiment's runs: that of its last one (a reused teacher may come from another). */
function machineOf(ctx: Context, { runs }: LoadedExperiment): { processor: string; node: string } {
  const noted = new Map(
    ctx.db.read
      .select({ key: tags.key, value: tags.value })
      .from(tags)
      .where(
        inArray(
          tags.runId,
          runs.map((run) => run.id),
        ),
      )
      .all()
      .map((tag) => [tag.key, tag.value]),
  )
  return {
    processor: noted.get('stillhouse.processor') ?? 'unknown',
    node: noted.get('stillhouse.node') ?? 'unknown',
  }
}

/** How long the latency job took, 0 where it did not run. */
function profileMs(ctx: Context, experimentId: string): number {
  const attempt = ctx.db.read
    .select({ startedAt: attempts.startedAt, endedAt: attempts.endedAt })
    .from(attempts)
    .innerJoin(jobs, eq(jobs.id, attempts.jobId))
    .where(and(eq(jobs.experimentId, experimentId), eq(jobs.kind, 'profile'), eq(attempts.state, 'done')))
    .get()
  return attempt?.endedAt == null ? 0 : attempt.endedAt - attempt.startedAt
}

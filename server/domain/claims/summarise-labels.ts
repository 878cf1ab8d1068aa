import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ClaimComparison, ClaimsPage, LabelPoint } from '../../../core/contracts/claims.ts'
import type { JudgedComparison } from '../../../core/judging/comparison.ts'
import type { Protocol } from '../../../core/contracts/protocol.ts'
import { fewerLabels } from '../../../core/planning/fewer-labels.ts'
import { hashOf } from '../../platform/hash.ts'
import type { Context } from '../context.ts'
import { decidedExperiments } from '../experiments/decided-experiments.ts'
import { loadExperiment, type LoadedExperiment } from '../experiments/load-experiment.ts'
import { workPlanner } from '../experiments/plan-time.ts'
import { judgeAccuracy } from '../verdicts/judge-secondary.ts'

const mostShown = 8

/** The gain by the number of labels: of this experiment, and of those that differ from it in the labels alone. */
export async function summariseLabels(
  ctx: Context,
  loaded: LoadedExperiment,
  armId: string,
  accuracy: ClaimComparison | null,
): Promise<ClaimsPage['labels']> {
  const { protocol } = loaded
  const points = labelPoint(protocol, accuracy?.comparison, null)
  for (const { id, question, sibling } of siblings(ctx, loaded)) {
    // Judging reads every prediction of an experiment: others get their turn in between.
    await nextTurn()
    const compared = judgeAccuracy(ctx, loadExperiment(ctx, id)).find(({ arm }) => arm === armId)
    points.push(...labelPoint(sibling, compared, { id, question }))
  }
  return {
    used: protocol.labels.perSeed,
    all: protocol.data.train,
    points: points.sort((a, b) => a.labels - b.labels),
    plan: planFewer(ctx, loaded),
  }
}

function labelPoint(
  { labels }: Protocol,
  compared: JudgedComparison | undefined,
  experiment: LabelPoint['experiment'],
): LabelPoint[] {
  const { estimate = null, individual = null, seeds = 0 } = compared ?? {}
  return estimate === null
    ? []
    : [{ labels: labels.perSeed, estimate, interval: individual, seeds, experiment }]
}

/** Decided experiments with the same settings but for the number of labels, the newest of each number. */
function siblings(
  ctx: Context,
  { protocol, experiment }: LoadedExperiment,
): { id: string; question: string; sibling: Protocol }[] {
  const same = settingsOf(protocol)
  const seen = new Set([protocol.labels.perSeed])
  return decidedExperiments(ctx)
    .filter(({ id, status }) => id !== experiment.id && status === 'finished')
    .flatMap(({ id, question, protocol: sibling }) => {
      const { perSeed } = sibling.labels
      if (seen.has(perSeed) || settingsOf(sibling) !== same) return []
      seen.add(perSeed)
      return [{ id, question, sibling }]
    })
    .slice(0, mostShown)
}

/** All that the trained networks depend on, but for the number of labels and the seeds. */
function settingsOf({ data, labels, teacher, student, arms, engine, checkpoint }: Protocol): string {
  return hashOf({ data, subset: labels.subset, teacher, student, arms, engine, checkpoint })
}

/** The same arms and seeds with fewer labels; the teacher, which has all labels, is used again. */
function planFewer(ctx: Context, { protocol }: LoadedExperiment): ClaimsPage['labels']['plan'] {
  const labelsPerSeed = fewerLabels(protocol.labels.perSeed, protocol.data.classes)
  if (labelsPerSeed === null) return null
  const fewer = { ...protocol, labels: { ...protocol.labels, perSeed: labelsPerSeed } }
  const { runs, time } = workPlanner(ctx, fewer).withSeeds(protocol.seeds.length)
  return { labelsPerSeed, runs, estimateMs: time.ms }
}

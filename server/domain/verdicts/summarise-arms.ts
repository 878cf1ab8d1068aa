import { geometricMean } from '../../../core/mathematics/geometric-mean.ts'
import { evenFigures } from '../../../core/metrics/registry.ts'
import { networkFacts } from '../../../core/networks/registry.ts'
import { meanInterval } from '../../../core/mathematics/mean-interval.ts'
import type { ArmFigures, Estimate, Latency } from '../../../core/contracts/views.ts'
import type { Context } from '../context.ts'
import { runsOf, type LoadedExperiment, type RunWithEvaluation } from '../experiments/load-experiment.ts'
import { readBlocks } from './read-blocks.ts'
import { trainingLength } from './training-length.ts'

/** Mean figures of every arm over its finished and diverged seeds, the teacher first. */
export function summariseArms(ctx: Context, loaded: LoadedExperiment): ArmFigures[] {
  const { protocol } = loaded
  return loaded.arms.map((arm) => {
    const network = arm.id === 'teacher' ? protocol.teacher.network : protocol.student.network
    const counted = runsOf(loaded, arm.id).filter(
      (run) => run.status === 'finished' || run.status === 'diverged',
    )
    const finished = counted.filter((run) => run.status === 'finished')
    // A diverged run leaves no file: the size is that of any finished run of the same architecture.
    const weighed =
      finished[0] ??
      loaded.runs.find(
        (run) => run.status === 'finished' && (run.armId === 'teacher') === (arm.id === 'teacher'),
      )
    const { parameters, macs } = networkFacts(network, protocol.data)
    return {
      armId: arm.id,
      parameters,
      macs,
      sizeBytes: weighed?.evaluation?.sizeBytes ?? null,
      ...trainingLength(finished),
      finished: finished.length,
      diverged: counted.length - finished.length,
      metrics: meanFigures(counted, protocol.data.classes),
      latency: readLatency(ctx, loaded, arm.id),
    }
  })
}

/** Evaluation figures of a run; a diverged one shows the even guess for what a guess has, and nothing else. */
export function figuresOf(run: RunWithEvaluation, classes: number): Record<string, number> {
  if (run.status !== 'diverged') return run.evaluation?.figures ?? {}
  return Object.fromEntries(
    Object.entries(evenFigures(classes)).map(([metric, value]) => [`test/${metric}`, value]),
  )
}

function meanFigures(runs: readonly RunWithEvaluation[], classes: number): Record<string, Estimate> {
  const values = new Map<string, number[]>()
  for (const run of runs) {
    for (const [key, value] of Object.entries(figuresOf(run, classes))) {
      values.set(key, [...(values.get(key) ?? []), value])
    }
  }
  return Object.fromEntries([...values].map(([key, list]) => [key, estimate(list)]))
}

function estimate(values: readonly number[]): Estimate {
  const { mean, half } = meanInterval(values)
  return { mean, half, n: values.length }
}

/** The latency of the arm's architecture, from the newest attempt that measured it whole. */
function readLatency(ctx: Context, loaded: LoadedExperiment, armId: string): Latency | null {
  const rows = readBlocks(ctx, loaded, armId === 'teacher' ? 'teacher' : 'student')
  if (rows.length === 0) return null
  const p50 = geometricMean(rows.map((row) => row.p50Ms))
  return {
    p50Ms: p50.mean,
    p50Interval: p50.interval,
    p90Ms: geometricMean(rows.map((row) => row.p90Ms)).mean,
    throughput: geometricMean(rows.map((row) => row.throughput)).mean,
    blocks: rows.length,
    sharedWith: loaded.arms
      .filter((arm) => arm.id !== armId && (arm.id === 'teacher') === (armId === 'teacher'))
      .map((arm) => arm.id),
  }
}

import type { ClaimCost, TrainingCost } from '../../../core/contracts/claims.ts'
import type { RunStatus } from '../../../core/contracts/run.ts'
import { batchShape } from '../../../core/planning/batch-shape.ts'
import { cardOf } from '../../../core/methods/registry.ts'
import { geometricMean } from '../../../core/mathematics/geometric-mean.ts'
import { networkFacts } from '../../../core/networks/registry.ts'
import { trainingMacs } from '../../../core/evaluation/training-work.ts'
import { meanInterval } from '../../../core/mathematics/mean-interval.ts'
import { fewestForWord } from '../../../core/judging/word-rules.ts'
import type { Context } from '../context.ts'
import { runsOf, type LoadedExperiment } from '../experiments/load-experiment.ts'
import { trainedTime } from '../jobs/trained-time.ts'
import { trainingLength } from '../verdicts/training-length.ts'

/** What a training of the arm took against one of the control, and what its teacher took. */
export function summariseCost(ctx: Context, loaded: LoadedExperiment, armId: string): ClaimCost {
  const times = trainedTimes(ctx, loaded)
  const arm = timesOf(loaded, times, armId)
  const control = timesOf(loaded, times, loaded.control.id)
  return {
    arm: costOf(loaded, armId, arm),
    control: costOf(loaded, loaded.control.id, control),
    ratio: ratioOf(arm, control),
    teacher: teacherCost(ctx, loaded, armId, times),
  }
}

/** Milliseconds by seed. */
type Times = ReadonlyMap<number, number>

const trainedTimes = (ctx: Context, { runs }: LoadedExperiment): ReadonlyMap<string, number> =>
  trainedTime(
    ctx,
    runs.map((run) => run.id),
  )

/** Of the finished runs that were trained here: one that shares an earlier result took no time. */
function timesOf(loaded: LoadedExperiment, times: ReadonlyMap<string, number>, armId: string): Times {
  return new Map(
    runsOf(loaded, armId).flatMap((run) => {
      const ms = times.get(run.id)
      const counts = run.status === 'finished' && run.reusedFrom === null && ms !== undefined && ms > 0
      return counts && run.seed !== null ? [[run.seed, ms] as const] : []
    }),
  )
}

function costOf(loaded: LoadedExperiment, armId: string, times: Times): TrainingCost {
  const { protocol } = loaded
  const { student, data, labels } = protocol
  const method = protocol.arms.find((arm) => arm.id === armId)?.method ?? null
  const { size } = batchShape(method, student.training.batchSize, labels.perSeed)
  const list = [...times.values()]
  const { mean, half, n } = list.length === 0 ? { mean: 0, half: null, n: 0 } : meanInterval(list)
  return {
    macs: trainingMacs(
      networkFacts(student.network, data).macs,
      size,
      trainingLength(runsOf(loaded, armId)).steps ?? student.training.steps,
    ),
    trainedMs: n === 0 ? null : { mean, half, n },
  }
}

function ratioOf(arm: Times, control: Times): ClaimCost['ratio'] {
  const ratios = [...arm].flatMap(([seed, ms]) => {
    const other = control.get(seed)
    return other === undefined ? [] : [ms / other]
  })
  const [only] = ratios
  if (only === undefined) return null
  if (ratios.length === 1) return { mean: only, interval: null, seeds: 1 }
  const found = geometricMean(ratios)
  // Two times hardly tell how much they vary.
  return { ...found, interval: ratios.length < fewestForWord ? null : found.interval, seeds: ratios.length }
}

const withoutResult: RunStatus[] = ['failed', 'blocked', 'cancelled']

function teacherCost(
  ctx: Context,
  loaded: LoadedExperiment,
  armId: string,
  times: ReadonlyMap<string, number>,
): ClaimCost['teacher'] {
  const { arms, teacher, data } = loaded.protocol
  const learners = arms.filter((arm) => cardOf(arm.method.name).needs.teacher !== 'none')
  if (!learners.some((arm) => arm.id === armId)) return null
  const once = networkFacts(teacher.network, data).macs
  const { training } = teacher
  const run = runsOf(loaded, 'teacher')[0]
  const steps = run?.evaluation?.steps ?? training.steps
  const source = run?.reusedFrom ?? null
  const trainedMs = source === null ? times.get(run?.id ?? '') : trainedTime(ctx, [source]).get(source)
  return {
    macs: trainingMacs(once, Math.min(training.batchSize, data.train), steps) + once * data.train,
    trainedMs: run?.status === 'finished' ? (trainedMs ?? null) : null,
    reused: source !== null,
    students: loaded.runs.filter(
      (one) => learners.some((arm) => arm.id === one.armId) && !withoutResult.includes(one.status),
    ).length,
  }
}

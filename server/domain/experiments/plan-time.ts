import type { EstimateBasis } from '../../../core/contracts/plan-preview.ts'
import type { Protocol } from '../../../core/contracts/protocol.ts'
import type { PlannedRun } from '../../../core/contracts/run.ts'
import type { TimeEstimate } from '../../../core/contracts/time-estimate.ts'
import { planRuns, teacherSpec } from '../../../core/planning/plan-runs.ts'
import { fidelityWork, latencyWork, type JobWork } from '../../../core/timing/after-work.ts'
import { wholeRun } from '../../../core/timing/run-work.ts'
import type { WaitingJob } from '../../../core/timing/schedule.ts'
import { hashOf } from '../../platform/hash.ts'
import type { Context } from '../context.ts'
import { specWork } from '../timing/job-work.ts'
import { timeAdded } from '../timing/queue-times.ts'
import { timeModel } from '../timing/time-model.ts'
import { findReusableTeacher } from './reuse-teacher.ts'

export interface PlannedWork {
  /** To be trained: without a teacher that is used again. */
  runs: number
  /** From now to the end, with what stands ahead of it in the queue and with the latency job. */
  time: TimeEstimate
}

export interface WorkPlanner {
  teacherReused: boolean
  /** Where the times come from. */
  basis: EstimateBasis
  /** Runs and time of a new experiment with so many seeds of each arm. */
  withSeeds(seeds: number): PlannedWork
  /** Of more seeds of some arms, where the teacher is there and latency is measured already. */
  moreSeeds(seeds: number, arms: ReadonlySet<string>): PlannedWork
}

/** What a protocol costs with any number of seeds: every seed trains the same arms, so one stands for all. */
export function workPlanner(ctx: Context, protocol: Protocol): WorkPlanner {
  const teacherHash = hashOf(teacherSpec(protocol))
  const [teacher, ...students] = planRuns({ ...protocol, seeds: protocol.seeds.slice(0, 1) }, teacherHash)
  if (teacher === undefined) throw new Error('A plan always has a teacher.')
  const teacherReused = findReusableTeacher(ctx, teacherHash) !== null
  const engine = protocol.engine.name
  const model = timeModel(ctx, engine)
  const shapes = new Set<string>()
  const trainingMs = ({ spec }: PlannedRun): number => {
    const work = specWork(ctx, spec)
    shapes.add(work.shape)
    return model.durationMs(wholeRun(work, model.stepsOf(work)), work.shape)
  }
  const timed = students.map((run) => ({ ...run, durationMs: trainingMs(run) }))
  const teacherJobs = teacherReused
    ? []
    : [{ id: 'new teacher', durationMs: trainingMs(teacher), after: [], alone: false }]
  const add = timeAdded(ctx, { engine, shapes })

  /** In the order of the queue: of all seeds first those that need no teacher (core/planning/plan-runs.ts). */
  const studentJobs = (seeds: number, arms: ReadonlySet<string> | null, after: string[]): WaitingJob[] =>
    [false, true].flatMap((needsTeacher) =>
      Array.from({ length: seeds }, (_, seed) =>
        timed
          .filter((run) => run.needsTeacher === needsTeacher && (arms === null || arms.has(run.armId)))
          .map(({ armId, durationMs }) => ({
            id: `new ${armId} ${seed}`,
            durationMs,
            after: needsTeacher ? after : [],
            alone: false,
          })),
      ).flat(),
    )
  const afterJobs = (seeds: number, trained: readonly WaitingJob[]): WaitingJob[] => {
    const last = trained.map(({ id }) => id)
    const job = (id: string, { work, shape }: JobWork, after: string[]): WaitingJob => ({
      id,
      durationMs: model.durationMs(work, shape),
      after,
      alone: id === 'new profile',
    })
    return [
      // Where the teacher is there, every run is compared with it when it ends.
      ...(teacherReused ? [] : [job('new fidelity', fidelityWork(protocol, seeds), last)]),
      job('new profile', latencyWork(protocol), teacherReused ? last : ['new fidelity']),
    ]
  }
  return {
    teacherReused,
    basis: { kind: model.basis, measured: model.measured, aheadMs: add([]).aheadMs },
    withSeeds: (seeds) => {
      const trained = [
        ...teacherJobs,
        ...studentJobs(
          seeds,
          null,
          teacherJobs.map(({ id }) => id),
        ),
      ]
      return { runs: trained.length, time: add([...trained, ...afterJobs(seeds, trained)]).time }
    },
    moreSeeds: (seeds, arms) => {
      const trained = studentJobs(seeds, arms, [])
      return { runs: trained.length, time: add(trained).time }
    },
  }
}

import type { Protocol } from '../../../core/contracts/protocol.ts'
import { planRuns, teacherSpec } from '../../../core/distillation/plan-runs.ts'
import type { Context } from '../context.ts'
import { hashOf } from '../../platform/hash.ts'
import { scheduleEnd, speedModel } from './estimate-time.ts'
import { findReusableTeacher } from './reuse-teacher.ts'

export interface PlannedWork {
  /** To be trained: without a teacher that is used again. */
  runs: number
  /** null where this machine's speed is not known. */
  estimateMs: number | null
}

export interface WorkPlanner {
  teacherReused: boolean
  /** Where the times come from. */
  basis: string | null
  /** Runs and time with so many seeds of each arm. */
  withSeeds(seeds: number): PlannedWork
}

/** What a protocol costs with any number of seeds: every seed trains the same arms, so one stands for all. */
export async function workPlanner(ctx: Context, protocol: Protocol): Promise<WorkPlanner> {
  const teacherHash = hashOf(teacherSpec(protocol))
  const [teacher, ...students] = planRuns({ ...protocol, seeds: protocol.seeds.slice(0, 1) }, teacherHash)
  if (teacher === undefined) throw new Error('A plan always has a teacher.')
  const teacherReused = findReusableTeacher(ctx, teacherHash) !== null
  const speed = await speedModel(ctx)
  const tasks =
    speed === null
      ? null
      : students.map(({ spec, needsTeacher }) => ({ durationMs: speed.durationMs(spec), needsTeacher }))
  const teacherMs = teacherReused || speed === null ? 0 : speed.durationMs(teacher.spec)
  return {
    teacherReused,
    basis: speed?.basis ?? null,
    withSeeds: (seeds) => ({
      runs: students.length * seeds + (teacherReused ? 0 : 1),
      estimateMs:
        tasks === null
          ? null
          : scheduleEnd(teacherMs, Array.from({ length: seeds }, () => tasks).flat(), ctx.workers.cores),
    }),
  }
}

import { hasEnded, RunSpec } from '../../../core/contracts/run.ts'
import type { Context } from '../context.ts'
import { scheduleEnd, speedModel } from './estimate-time.ts'
import { progressOf, type LoadedExperiment } from './load-experiment.ts'

/** Time to the last training's end at the speed measured on this machine; null when all have ended or none is known. */
export async function remainingMs(
  ctx: Context,
  loaded: LoadedExperiment,
  running: ReadonlyMap<string, string>,
): Promise<number | null> {
  const open = loaded.runs.filter((run) => !hasEnded(run))
  const speed = open.length === 0 ? null : await speedModel(ctx)
  if (speed === null) return null
  const left = (run: (typeof open)[number]): number =>
    speed.durationMs(RunSpec.parse(run.spec)) * (1 - (progressOf(ctx, run, running) ?? 0))
  const teacher = open.find((run) => run.armId === 'teacher')
  return scheduleEnd(
    teacher === undefined ? 0 : left(teacher),
    open
      .filter((run) => run !== teacher)
      .map((run) => ({ durationMs: left(run), needsTeacher: run.status === 'waiting' })),
    ctx.workers.cores,
  )
}

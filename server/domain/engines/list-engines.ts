import type { EngineView, EnginesQuestion } from '../../../core/contracts/engines.ts'
import { EngineName, type DataSpec } from '../../../core/contracts/protocol.ts'
import { runWork } from '../../../core/timing/run-work.ts'
import type { Context } from '../context.ts'
import { prepareDataset } from '../datasets/prepare-dataset.ts'
import { measureEngine } from '../timing/measure-machine.ts'
import { timeModel } from '../timing/time-model.ts'
import { findEngine } from './find-engine.ts'

/** The engines of this product, which of them can train here, and how long a step of a student takes on each. */
export async function listEngines(ctx: Context, { student }: EnginesQuestion): Promise<EngineView[]> {
  const data = student === null ? null : await prepareDataset(ctx, student.data)
  const usual = await ctx.workers.engine().then(
    ({ name }) => name,
    // The others may work, and can be chosen.
    () => null,
  )
  const views: EngineView[] = []
  for (const name of EngineName.options) {
    const found = await findEngine(ctx, name)
    if ('missing' in found) {
      views.push({ name, usual: name === usual, version: null, missing: found.missing, stepMs: null })
      continue
    }
    // In its own time; nobody waits for it.
    void measureEngine(ctx, found)
    const stepMs = student === null || data === null ? null : stepTime(ctx, found, student, data)
    views.push({ name, usual: name === usual, version: found.version, missing: null, stepMs })
  }
  return views
}

/** Milliseconds of a step of the control; null where this machine has not shown how fast it is on that engine. */
function stepTime(
  ctx: Context,
  engine: { name: EngineName; version: string },
  student: NonNullable<EnginesQuestion['student']>,
  data: DataSpec,
): number | null {
  const model = timeModel(ctx, engine.name)
  if (model.basis === 'typical') return null
  const { hash, inputSize, classes } = data
  const { step, shape } = runWork(
    {
      schemaVersion: 1,
      armId: 'scratch',
      method: { name: 'scratch' },
      seed: 1,
      network: student.network,
      training: student.training,
      data: { hash, inputSize, classes },
      labels: { perSeed: student.labelsPerSeed, subset: 'per-seed' },
      teacherSpecHash: null,
      engine,
    },
    data,
  )
  return model.durationMs(step, shape)
}

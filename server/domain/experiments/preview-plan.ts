import { draftProtocol } from '../../../core/distillation/draft-protocol.ts'
import { describeArms } from '../../../core/distillation/catalogue.ts'
import { networkLabel } from '../../../core/distillation/network-label.ts'
import { planRuns, teacherSpec } from '../../../core/distillation/plan-runs.ts'
import { macs, parameterCount } from '../../../core/evaluation/model-size.ts'
import type { NetworkSpec } from '../../../core/contracts/network.ts'
import type { DataSpec, ExperimentDraft } from '../../../core/contracts/protocol.ts'
import type { PlanPreview } from '../../../core/contracts/views.ts'
import type { Context } from '../context.ts'
import { hashOf } from '../../platform/hash.ts'
import { prepareDataset } from '../datasets/prepare-dataset.ts'
import { scheduleEnd, speedModel } from './estimate-time.ts'
import { findReusableTeacher } from './reuse-teacher.ts'

/** What a draft would do if it were launched now: runs, time, notes, or what is wrong with it. */
export async function previewPlan(ctx: Context, draft: ExperimentDraft): Promise<PlanPreview> {
  const data = await prepareDataset(ctx, draft.data)
  const result = draftProtocol(draft, data, await ctx.workers.engine())
  const networks = {
    teacher: describeNetwork(draft.teacher.network, data),
    student: describeNetwork(draft.student.network, data),
  }
  if (!result.ok) {
    return {
      protocol: null,
      problems: result.problems,
      notes: result.notes,
      runs: 0,
      comparisons: 0,
      estimateMs: null,
      estimateBasis: null,
      arms: [],
      ...networks,
    }
  }
  const { protocol } = result
  const teacherHash = hashOf(teacherSpec(protocol))
  const [teacher, ...students] = planRuns(protocol, teacherHash)
  if (teacher === undefined) throw new Error('A plan always has a teacher.')
  const reused = findReusableTeacher(ctx, teacherHash) !== null
  const speed = await speedModel(ctx)
  const estimateMs =
    speed === null
      ? null
      : scheduleEnd(
          reused ? 0 : speed.durationMs(teacher.spec),
          students.map((run) => ({
            durationMs: speed.durationMs(run.spec),
            needsTeacher: run.needsTeacher,
          })),
          ctx.workers.cores,
        )
  return {
    protocol,
    problems: [],
    notes: reused
      ? [...result.notes, 'The teacher was already trained with these settings and is used again.']
      : result.notes,
    runs: students.length + (reused ? 0 : 1),
    comparisons: protocol.arms.length - 1,
    estimateMs,
    estimateBasis: speed?.basis ?? null,
    arms: describeArms(protocol.arms, networkLabel(protocol.teacher.network)),
    ...networks,
  }
}

function describeNetwork(
  network: NetworkSpec,
  data: DataSpec,
): { label: string; parameters: number; macs: number } {
  return {
    label: networkLabel(network),
    parameters: parameterCount(data.inputSize, network.hidden, data.classes),
    macs: macs(data.inputSize, network.hidden, data.classes),
  }
}

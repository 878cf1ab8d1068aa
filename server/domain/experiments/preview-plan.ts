import { draftProtocol } from '../../../core/planning/draft-protocol.ts'
import { describeArms } from '../../../core/planning/describe-arms.ts'
import { networkFacts, networkLabel } from '../../../core/networks/registry.ts'
import type { NetworkSpec } from '../../../core/contracts/network.ts'
import type { PlanRequest } from '../../../core/contracts/plan-request.ts'
import type { DataSpec } from '../../../core/contracts/protocol.ts'
import type { PlanPreview } from '../../../core/contracts/plan-preview.ts'
import type { Context } from '../context.ts'
import { prepareDataset } from '../datasets/prepare-dataset.ts'
import { findEngine } from '../engines/find-engine.ts'
import { planDetects } from './plan-detects.ts'
import { workPlanner } from './plan-time.ts'
import { seenSeedsNote } from './seen-seeds.ts'

/** What a draft would do if it were launched now: runs, time, what it can detect, notes, or what is wrong with it. */
export async function previewPlan(
  ctx: Context,
  { spread: stated, ...draft }: PlanRequest,
): Promise<PlanPreview> {
  const data = await prepareDataset(ctx, draft.data)
  const result = draftProtocol(draft, data, await findEngine(ctx, draft.engine))
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
      time: null,
      allLooks: null,
      timeBasis: null,
      power: null,
      powerReason: 'There is no plan yet.',
      arms: [],
      ...networks,
    }
  }
  const { protocol } = result
  const work = workPlanner(ctx, protocol)
  const seen = seenSeedsNote(ctx, protocol)
  const [first, ...further] = protocol.looks
  const last = further.at(-1)
  return {
    protocol,
    problems: [],
    notes: [
      ...result.notes,
      ...(work.teacherReused
        ? ['The teacher was already trained with these settings and is used again.']
        : []),
      ...(seen === null ? [] : [seen]),
    ],
    ...work.withSeeds(first?.seeds ?? protocol.seeds.length),
    comparisons: protocol.arms.length - 1,
    allLooks: last === undefined ? null : work.withSeeds(last.seeds),
    timeBasis: work.basis,
    ...(await planDetects(ctx, protocol, { stated, work })),
    arms: describeArms(protocol.arms, networkLabel(protocol.teacher.network)),
    ...networks,
  }
}

function describeNetwork(
  network: NetworkSpec,
  data: DataSpec,
): { label: string; parameters: number; macs: number } {
  const { parameters, macs } = networkFacts(network, data)
  return { label: networkLabel(network), parameters, macs }
}

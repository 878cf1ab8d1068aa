import { createRandom } from '../../core/random/create-random.ts'
import { seedOf } from '../../core/random/seed-of.ts'
import type { Assignment } from '../../core/contracts/work-request.ts'
import type { Outcome } from '../../core/contracts/work-report.ts'
import type { Attempt } from './attempt.ts'
import { outcomeOf } from './outcome-of.ts'
import type { Slot } from './slot.ts'

export type ProfileAssignment = Extract<Assignment, { kind: 'profile' }>

/**
 * The order of measurements: blocks × items, shuffled inside each block, so that a drift of the machine (heat, clock
 * rate) falls on all items alike.
 */
export const profileOrder = (
  assignment: Pick<ProfileAssignment, 'blocks' | 'seed' | 'items'>,
): { block: number; item: ProfileAssignment['items'][number] }[] => {
  const random = createRandom(seedOf('profile-order', assignment.seed))
  return Array.from({ length: assignment.blocks }, (_, block) => {
    const order = random.shuffle(Int32Array.from(assignment.items.keys()))
    return [...order].flatMap((index) => {
      const item = assignment.items[index]
      return item === undefined ? [] : [{ block, item }]
    })
  }).flat()
}

/** A measurement whose process was lost is made again: the others need not be. */
const mostLost = 3

/** Measures every item in every block, each in a fresh process of `slot`, one at a time. The machine should be idle. */
export const runProfile = async (
  slot: Slot,
  attempt: Attempt,
  assignment: ProfileAssignment,
): Promise<Outcome> => {
  const order = profileOrder(assignment)
  const left = [...order]
  let lost = 0
  for (let next = left[0]; next !== undefined; next = left[0]) {
    if (attempt.stop.aborted) return { type: 'cancelled' }
    const { block, item } = next
    attempt.state.step = order.length - left.length
    attempt.state.steps = order.length
    const end = await slot.run(attempt, {
      type: 'profile',
      request: { ...assignment.settings, network: item.network, seed: assignment.seed },
    })
    await slot.close()
    if (end.type === 'answered' && end.event.type === 'profiled') {
      attempt.reporter.add({ type: 'latency-block', block, itemId: item.id, latency: end.event.latency })
      left.shift()
      continue
    }
    const outcome = outcomeOf(end)
    if (outcome.type !== 'failed' || outcome.reason !== 'lost') return outcome
    lost += 1
    if (lost === mostLost) return outcome
  }
  return { type: 'profiled' }
}

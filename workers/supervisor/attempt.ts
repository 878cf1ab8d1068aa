import type { Assignment } from '../../core/contracts/work-request.ts'
import type { Outcome, SlotState } from '../../core/contracts/work-report.ts'
import type { WorkerGateway } from '../protocol/gateway-messages.ts'
import type { TrainerEvent } from '../protocol/trainer-messages.ts'
import { createReporter, type Reporter, type WorkerClock } from './reporter.ts'

/** One assignment under way: what of it the server has to know, and whether it is still wanted. */
export interface Attempt {
  readonly assignment: Assignment
  readonly reporter: Reporter
  readonly state: SlotState
  readonly stop: AbortSignal
  /** The server no longer wants it. */
  cancel(): void
  /** Set when the server refused its reports for too long. */
  refusal: string | null
}

/** Begins to keep the books of an assignment. */
export const createAttempt = (
  assignment: Assignment,
  gateway: WorkerGateway,
  clock: WorkerClock,
): Attempt => {
  const controller = new AbortController()
  const { attemptId } = assignment
  const attempt: Attempt = {
    assignment,
    state: { attemptId, step: 0, steps: 0, stepMs: null, tensors: 0, residentBytes: 0 },
    stop: controller.signal,
    cancel: () => controller.abort(),
    refusal: null,
    reporter: createReporter({
      attemptId,
      gateway,
      clock,
      onStop: () => controller.abort(),
      onRefused: (text) => {
        attempt.refusal = text
        controller.abort()
      },
    }),
  }
  return attempt
}

/** Keeps what a trainer says on its way: progress for the heartbeat, the rest for the reports. */
export const takeEvent = (attempt: Attempt, event: TrainerEvent): void => {
  switch (event.type) {
    case 'progress':
      attempt.state.tensors = event.tensors
      // A profile counts its measurements instead.
      if (attempt.assignment.kind === 'profile') return
      attempt.state.step = event.step
      attempt.state.steps = event.steps
      attempt.state.stepMs = event.stepMs
      return
    case 'metrics':
    case 'log':
    case 'artifact':
    case 'checkpoint':
    case 'resumed':
      attempt.reporter.add(event)
      return
    case 'ready':
    case 'trained':
    case 'diverged':
    case 'fidelity-measured':
    case 'profiled':
    case 'steps-timed':
    case 'cancelled':
    case 'failed':
      return
  }
}

/**
 * The outcome as the server gets it: reports that were refused for too long count as a failure, and what ended before
 * its time says where.
 */
export const finalOutcome = (attempt: Attempt, outcome: Outcome): Outcome => {
  const { step } = attempt.state
  if (attempt.refusal !== null) {
    const text = `The server did not take this run's reports: ${attempt.refusal}`
    return { type: 'failed', reason: 'error', text, step }
  }
  return outcome.type === 'cancelled' || outcome.type === 'failed' ? { ...outcome, step } : outcome
}

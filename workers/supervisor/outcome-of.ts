import type { Outcome } from '../../core/contracts/work-report.ts'
import { classifyExit, megabytes, withTail } from './classify-exit.ts'
import type { EndEvent, TrainerEnd } from './trainer-end.ts'

/** What the server is told about a command's end. */
export const outcomeOf = (end: TrainerEnd): Outcome => {
  switch (end.type) {
    case 'answered':
      return outcomeOfEvent(end.event)
    case 'exited':
      return { type: 'failed', ...classifyExit(end.exit, end.residentBytes) }
    case 'not-started':
      return { type: 'failed', reason: 'lost', text: `The trainer could not be started: ${end.text}` }
    case 'silent':
      return {
        type: 'failed',
        reason: 'lost',
        text: withTail(
          `The trainer said nothing for ${Math.round(end.silenceMs / 100) / 10} s and was ended.`,
          end.tail,
        ),
      }
    case 'over-memory':
      return {
        type: 'failed',
        reason: 'out-of-memory',
        text:
          `The trainer held ${megabytes(end.residentBytes)}, more than its limit of ${megabytes(end.limitBytes)}, ` +
          'and was ended. A smaller network or batch needs less; STILLHOUSE_MEMORY_LIMIT_MB raises the limit.',
      }
    case 'incomprehensible':
      return {
        type: 'failed',
        reason: 'error',
        text: `The trainer sent a message that is not understood: ${end.text}`,
      }
    case 'wrong-engine':
      return {
        type: 'failed',
        reason: 'bad-input',
        text: `This experiment uses the ${end.asked} engine; this machine's trainer has ${end.found}.`,
      }
    case 'stopped':
      return { type: 'cancelled' }
  }
}

const outcomeOfEvent = (event: EndEvent): Outcome => {
  switch (event.type) {
    case 'trained':
      return { type: 'trained', ...event.result }
    case 'profiled':
      return { type: 'profiled' }
    case 'diverged':
    case 'fidelity-measured':
    case 'cancelled':
    case 'failed':
      return event
  }
}

import type { TrainerEvent } from '../protocol/trainer-messages.ts'

/** Events that end a command. */
export type EndEvent = Extract<
  TrainerEvent,
  { type: 'trained' | 'diverged' | 'fidelity-measured' | 'profiled' | 'cancelled' | 'failed' }
>

/** How a trainer process ended. */
export interface TrainerExit {
  code: number | null
  signal: NodeJS.Signals | null
  /** The last of what it printed. */
  tail: string
  /** The system's out-of-memory killer ended some process while this one ran. */
  memoryKill: boolean
}

/** How a command given to a trainer came to its end: one of these, always. */
export type TrainerEnd =
  | { type: 'answered'; event: EndEvent }
  /** The process ended by itself, or somebody else ended it. */
  | { type: 'exited'; exit: TrainerExit; residentBytes: number | null }
  /** It could not be started at all. */
  | { type: 'not-started'; text: string }
  /** Killed here: no word for too long. */
  | { type: 'silent'; silenceMs: number; tail: string }
  /** Killed here: too much memory. */
  | { type: 'over-memory'; residentBytes: number; limitBytes: number }
  /** Killed here: it sent what the protocol does not know. */
  | { type: 'incomprehensible'; text: string }
  /** It has not the engine that the assignment asks for. */
  | { type: 'wrong-engine'; asked: string; found: string }
  /** Killed here: it was asked to cancel and did not. */
  | { type: 'stopped' }

export const isEndEvent = (event: TrainerEvent): event is EndEvent => {
  switch (event.type) {
    case 'trained':
    case 'diverged':
    case 'fidelity-measured':
    case 'profiled':
    case 'cancelled':
    case 'failed':
      return true
    case 'ready':
    case 'progress':
    case 'metrics':
    case 'log':
    case 'artifact':
    case 'checkpoint':
    case 'resumed':
    // Asked for by the server, of a trainer of its own.
    case 'steps-timed':
      return false
  }
}

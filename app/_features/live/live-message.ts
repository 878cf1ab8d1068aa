import type { LiveEvent } from '../../../core/contracts/views.ts'

export type ConnectionState = 'connecting' | 'open' | 'lost'

/** What the tab that holds the stream tells the others. */
export type LiveMessage =
  | { kind: 'events'; id: string; events: LiveEvent[] }
  | { kind: 'connection'; state: ConnectionState; since: number }
  /** A new tab asks the leader how the connection is. */
  | { kind: 'hello' }

import type { LiveEvent } from '../../../core/contracts/views.ts'
import type { ConnectionState, LiveMessage } from './live-message.ts'

/** Opens the server's event stream after `lastEventId`; returns how to close it. */
export type OpenStream = (
  lastEventId: string | null,
  on: { events: (id: string, events: LiveEvent[]) => void; state: (state: ConnectionState) => void },
) => () => void

interface Channel {
  send: (message: LiveMessage) => void
  onMessage: (listener: (message: LiveMessage) => void) => void
  close: () => void
}

/** What of the browser the sharing needs. */
export interface Browser {
  locks: Pick<LockManager, 'request'> | null
  channel: Channel
  visible: () => boolean
  onVisibility: (listener: () => void) => () => void
  /** Calls `work` after `ms`; returns how to call that off. */
  later: (work: () => void, ms: number) => () => void
  now: () => number
}

/** A tab that is hidden for so long leaves the stream to one that is seen: to look away for a moment costs nothing. */
const LEAVES_AFTER_MS = 10_000

/**
 * One event stream for all tabs of the browser. HTTP/1.1 allows six connections to one server, and a stream keeps
 * one for good: with a stream a tab the seventh tab hangs. The tab that gets the lock reads the stream and passes
 * its events on; when it closes, or is hidden for long, the lock goes to another tab that is seen, which resumes
 * after the last event it knows of. Without locks (plain http on another machine) every visible tab reads for itself.
 *
 * A hidden tab draws and fetches nothing: it catches up when it is seen. Where no tab is seen nobody reads.
 */
export function shareStream(
  browser: Browser,
  open: OpenStream,
  deliver: (event: LiveEvent) => void,
  connection: (state: ConnectionState, since: number) => void,
): () => void {
  let lastEventId: string | null = null
  let state: ConnectionState = 'connecting'
  let since = browser.now()
  let closeStream: (() => void) | null = null
  const { channel } = browser

  // What happened between the rendering of the page and the first event is in no stream: it is fetched again.
  let caughtUp = false
  let missed = false
  const take = (events: readonly LiveEvent[]): void => {
    if (browser.visible()) for (const event of events) deliver(event)
    else missed ||= events.length > 0
  }
  const catchUp = (): void => {
    if (missed) deliver({ type: 'resync' })
    missed = false
  }
  const tell = (): void => {
    connection(state, since)
    // A stream that broke before its first event is not resumed, it begins anew.
    if (state !== 'open' && lastEventId === null) caughtUp = false
    if (state !== 'open' || caughtUp) return
    caughtUp = true
    take([{ type: 'resync' }])
  }
  const setState = (next: ConnectionState): void => {
    if (next !== state) since = browser.now()
    state = next
    tell()
    channel.send({ kind: 'connection', state, since })
  }
  const read = (): void => {
    closeStream ??= open(lastEventId, {
      events: (id, events) => {
        lastEventId = id
        take(events)
        if (browser.locks !== null) channel.send({ kind: 'events', id, events })
      },
      state: setState,
    })
  }
  const stop = (): void => {
    closeStream?.()
    closeStream = null
  }
  const { enter, leave } =
    browser.locks === null ? { enter: read, leave: stop } : takeTurns(browser.locks, read, stop)

  if (browser.locks !== null) {
    channel.onMessage((message) => {
      if (message.kind === 'events') {
        lastEventId = message.id
        take(message.events)
      } else if (message.kind === 'connection') {
        state = message.state
        since = message.since
        tell()
      } else if (closeStream !== null) {
        channel.send({ kind: 'connection', state, since })
      }
    })
    channel.send({ kind: 'hello' })
  }

  let callOff = (): void => {}
  const follow = (): void => {
    callOff()
    callOff = () => {}
    if (browser.visible()) {
      enter()
      catchUp()
    } else {
      callOff = browser.later(leave, LEAVES_AFTER_MS)
    }
  }
  const forget = browser.onVisibility(follow)
  if (browser.visible()) enter()

  return () => {
    forget()
    callOff()
    leave()
    channel.close()
  }
}

/** Queues for the stream; whoever has the turn reads until it leaves. */
function takeTurns(
  locks: Pick<LockManager, 'request'>,
  read: () => void,
  stop: () => void,
): { enter: () => void; leave: () => void } {
  let turn: AbortController | null = null
  return {
    enter: () => {
      if (turn !== null) return
      const { signal } = (turn = new AbortController())
      const untilLeft = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      const lead = async (): Promise<void> => {
        if (signal.aborted) return
        read()
        await untilLeft
      }
      // Rejects with AbortError when this tab leaves before it ever led.
      locks.request('stillhouse-live', { signal }, lead).catch(() => {})
    },
    leave: () => {
      turn?.abort()
      turn = null
      stop()
    },
  }
}

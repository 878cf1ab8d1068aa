import type { LiveEvent } from '../../../core/contracts/views.ts'
import type { ConnectionState, LiveMessage } from './live-message.ts'

/** Opens the server's event stream after `lastEventId`; returns how to close it. */
export type OpenStream = (
  lastEventId: string | null,
  on: { event: (id: string, event: LiveEvent) => void; state: (state: ConnectionState) => void },
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
  now: () => number
}

/**
 * One event stream for all tabs of the browser. HTTP/1.1 allows six connections to one server, and a stream keeps
 * one for good: with a stream a tab the seventh tab hangs. The tab that gets the lock reads the stream and passes
 * its events on; when it closes, the lock goes to another, which resumes after the last event it has seen.
 * Without locks (plain http on another machine) every visible tab reads for itself, and hidden tabs do not.
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
  const end = new AbortController()
  const { channel } = browser

  // What happened between the rendering of the page and the first event is in no stream: it is fetched again.
  let caughtUp = false
  const tell = (): void => {
    connection(state, since)
    if (state !== 'open' || caughtUp) return
    caughtUp = true
    deliver({ type: 'resync' })
  }
  const setState = (next: ConnectionState): void => {
    if (next !== state) since = browser.now()
    state = next
    tell()
    channel.send({ kind: 'connection', state, since })
  }
  const read = (): void => {
    closeStream ??= open(lastEventId, {
      event: (id, event) => {
        lastEventId = id
        deliver(event)
        if (browser.locks !== null) channel.send({ kind: 'event', id, event })
      },
      state: setState,
    })
  }
  const stop = (): void => {
    closeStream?.()
    closeStream = null
  }

  let forget = (): void => {}
  if (browser.locks === null) {
    const follow = (): void => (browser.visible() ? read() : stop())
    forget = browser.onVisibility(follow)
    follow()
  } else {
    channel.onMessage((message) => {
      if (message.kind === 'event') {
        lastEventId = message.id
        deliver(message.event)
      } else if (message.kind === 'connection') {
        state = message.state
        since = message.since
        tell()
      } else if (closeStream !== null) {
        channel.send({ kind: 'connection', state, since })
      }
    })
    channel.send({ kind: 'hello' })
    const untilClosed = new Promise<void>((resolve) => end.signal.addEventListener('abort', () => resolve()))
    const lead = async (): Promise<void> => {
      read()
      await untilClosed
    }
    // Rejects with AbortError when this tab closes before it ever led.
    browser.locks.request('stillhouse-live', { signal: end.signal }, lead).catch(() => {})
  }

  return () => {
    forget()
    stop()
    end.abort()
    channel.close()
  }
}

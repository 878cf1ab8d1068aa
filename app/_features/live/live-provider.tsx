'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useTRPC, useTRPCClient } from '../api/trpc.ts'
import { applyEvents } from './apply-events.ts'
import { collectEvents } from './collect-events.ts'
import { ConnectionContext } from './connection-context.ts'
import type { ConnectionState } from './live-message.ts'
import { shareStream } from './stream.ts'
import type { Browser, OpenStream } from './stream.ts'

const WAIT_MS = 300

/** Keeps every answer on the page current through the one subscription that all tabs share. */
export function LiveProvider({ children }: { children: ReactNode }): ReactNode {
  const client = useTRPCClient()
  const trpc = useTRPC()
  const cache = useQueryClient()
  const [connection, setConnection] = useState<{ state: ConnectionState; since: number }>({
    state: 'connecting',
    since: 0,
  })

  useEffect(() => {
    const events = collectEvents(WAIT_MS, (batch) => applyEvents(cache, trpc, batch))
    const open: OpenStream = (lastEventId, on) => {
      const subscription = client.live.events.subscribe(lastEventId === null ? {} : { lastEventId }, {
        onData: ({ id, data }) => on.events(id, data),
        onConnectionStateChange: ({ state, error }) =>
          on.state(state === 'pending' ? 'open' : error === null ? 'connecting' : 'lost'),
        onError: () => on.state('lost'),
      })
      return () => subscription.unsubscribe()
    }
    const close = shareStream(thisBrowser(), open, events.add, (state, since) =>
      setConnection({ state, since }),
    )
    return () => {
      close()
      events.stop()
    }
  }, [client, trpc, cache])

  return <ConnectionContext value={connection}>{children}</ConnectionContext>
}

function thisBrowser(): Browser {
  return {
    locks: 'locks' in navigator ? navigator.locks : null,
    channel: openChannel(),
    visible: () => document.visibilityState === 'visible',
    onVisibility: (listener) => {
      document.addEventListener('visibilitychange', listener)
      return () => document.removeEventListener('visibilitychange', listener)
    },
    later: (work, ms) => {
      const timer = setTimeout(work, ms)
      return () => clearTimeout(timer)
    },
    now: () => Date.now(),
  }
}

/** Only tabs of this server share its origin, and with it the channel: what arrives is what they sent. */
function openChannel(): Browser['channel'] {
  const channel = new BroadcastChannel('stillhouse-live')
  return {
    // A channel has no other window to aim at.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    send: (message) => channel.postMessage(message),
    onMessage: (listener) => channel.addEventListener('message', ({ data }) => listener(data)),
    close: () => channel.close(),
  }
}

import { deserialize } from 'superjson'
import type { LiveEvent } from '../../core/contracts/views.ts'

export interface ReceivedEvent {
  /** Of the frame that brought it. */
  id: string
  event: LiveEvent
}

export interface EventReader {
  /** Events so far, as they came over HTTP. */
  events: ReceivedEvent[]
  /** Resolves once `ready` holds for the events so far. Rejects when the stream ends before. */
  until(ready: (events: readonly ReceivedEvent[]) => boolean): Promise<void>
  /** Breaks the connection, as a closed laptop does. */
  leave(): Promise<void>
}

/** Subscribes to the live events of a server over HTTP (server-sent events), from the place after `lastEventId`. */
export async function readEvents(url: string, lastEventId: string | null): Promise<EventReader> {
  const controller = new AbortController()
  const input = encodeURIComponent(JSON.stringify({ json: { lastEventId } }))
  const response = await fetch(`${url}/api/trpc/live.events?input=${input}`, {
    headers: { accept: 'text/event-stream' },
    signal: controller.signal,
  })
  if (!response.ok || response.body === null) throw new Error(`The stream answered ${response.status}.`)
  const events: ReceivedEvent[] = []
  let wake: () => void = () => undefined
  let ended = false

  const take = (block: string): void => {
    const field = (name: string): string | undefined => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1]
    const id = field('id')
    const data = field('data')
    // What has no id is the stream's own: connected, ping.
    if (id !== undefined && data !== undefined && data !== '')
      for (const event of deserialize<LiveEvent[]>(JSON.parse(data))) events.push({ id, event })
  }
  const reading = (async () => {
    let rest = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      rest += decoder.decode(chunk as Uint8Array, { stream: true })
      const blocks = rest.split('\n\n')
      rest = blocks.pop() ?? ''
      blocks.forEach(take)
      wake()
    }
  })()
    .catch(() => undefined)
    .then(() => {
      ended = true
      wake()
    })

  return {
    events,
    async until(ready) {
      while (!ready(events)) {
        if (ended) throw new Error(`The stream ended after ${events.length} events.`)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    async leave() {
      controller.abort()
      await reading
    },
  }
}

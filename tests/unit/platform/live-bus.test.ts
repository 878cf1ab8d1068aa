import { describe, expect, it } from 'vitest'
import { streamEvents } from '../../../server/api/trpc/stream-events.ts'
import { createLiveBus, type NumberedEvent } from '../../../server/platform/live-bus.ts'

const log = (text: string) =>
  ({ type: 'log', experimentId: 'e', runId: 'r', at: 1, level: 'info', text }) as const

const textOf = ({ event }: NumberedEvent): string => (event.type === 'log' ? event.text : event.type)

/** Takes `count` events from a stream and leaves it. */
async function take(stream: AsyncGenerator<NumberedEvent>, count: number): Promise<NumberedEvent[]> {
  const taken: NumberedEvent[] = []
  for await (const event of stream) {
    taken.push(event)
    if (taken.length === count) break
  }
  return taken
}

describe('what a bus remembers', () => {
  it('is everything after an id, in order, and nothing after the newest', () => {
    const bus = createLiveBus('boot')
    for (const text of ['a', 'b', 'c']) bus.publish(log(text))
    expect(bus.since('boot:1')?.map(textOf)).toEqual(['b', 'c'])
    expect(bus.since('boot:0')?.map(textOf)).toEqual(['a', 'b', 'c'])
    expect(bus.since(bus.position())).toEqual([])
  })

  it('is not known for an id of another start, of the future, or of nonsense', () => {
    const bus = createLiveBus('boot')
    bus.publish(log('a'))
    for (const id of ['other:1', 'boot:2', 'boot:-1', 'boot:x', 'boot:1.5', 'boot', '']) {
      expect(bus.since(id), id).toBeNull()
    }
  })

  it('is bounded, and an id that fell out of it is not known', () => {
    const bus = createLiveBus('boot')
    for (let at = 1; at <= 30_000; at += 1) bus.publish(log(String(at)))
    expect(bus.since('boot:1')).toBeNull()
    const recent = bus.since('boot:29990')?.map(textOf)
    expect(recent).toEqual(Array.from({ length: 10 }, (_, index) => String(29_991 + index)))
  })
})

describe('a reader of the stream', () => {
  it('that comes back gets what it missed, then what is new, each once', async () => {
    const bus = createLiveBus('boot')
    for (const text of ['a', 'b', 'c']) bus.publish(log(text))
    const stream = streamEvents(bus, 'boot:1', undefined)
    const reading = take(stream, 4)
    bus.publish(log('d'))
    bus.publish(log('e'))
    expect((await reading).map(textOf)).toEqual(['b', 'c', 'd', 'e'])
  })

  it('after a restart is told to fetch everything, once, then goes on', async () => {
    const bus = createLiveBus('second')
    bus.publish(log('a'))
    const reading = take(streamEvents(bus, 'first:40', undefined), 2)
    bus.publish(log('b'))
    const events = await reading
    expect(events.map(textOf)).toEqual(['resync', 'b'])
    expect(bus.since(events[0]?.id ?? '')?.map(textOf)).toEqual(['b'])
  })

  it('that leaves is forgotten', async () => {
    const bus = createLiveBus('boot')
    bus.publish(log('a'))
    await take(streamEvents(bus, 'boot:0', undefined), 1)
    expect(bus.listeners()).toBe(0)
    const controller = new AbortController()
    const waiting = take(streamEvents(bus, null, controller.signal), 1)
    expect(bus.listeners()).toBe(1)
    controller.abort()
    expect(await waiting).toEqual([])
    expect(bus.listeners()).toBe(0)
  })

  it('that falls far behind is told to fetch everything instead of keeping all of it', async () => {
    const bus = createLiveBus('boot')
    const stream = streamEvents(bus, null, undefined)
    const first = stream.next()
    bus.publish(log('first'))
    expect(textOf((await first).value as NumberedEvent)).toBe('first')
    for (let at = 0; at <= 5_000; at += 1) bus.publish(log(String(at)))
    bus.publish(log('last'))
    expect((await take(stream, 2)).map(textOf)).toEqual(['resync', 'last'])
  })
})

import { describe, expect, it } from 'vitest'
import type { EventFrame } from '../../../server/api/trpc/event-frame.ts'
import { streamEvents } from '../../../server/api/trpc/stream-events.ts'
import { createLiveBus, type LiveBus, type NumberedEvent } from '../../../server/platform/live-bus.ts'
import type { LiveEvent } from '../../../core/contracts/views.ts'

const log = (text: string) =>
  ({ type: 'log', experimentId: 'e', runId: 'r', at: 1, level: 'info', text }) as const

const points = (runId: string, from: number, count: number): LiveEvent => ({
  type: 'metrics',
  experimentId: 'e',
  runId,
  armId: 'a',
  seed: 1,
  points: Array.from({ length: count }, (_, at) => ({ key: 'k', step: from + at, value: 1 })),
})

const textOf = (event: LiveEvent): string => (event.type === 'log' ? event.text : event.type)
const textsOf = (events: readonly NumberedEvent[] | null): string[] | null =>
  events?.map(({ event }) => textOf(event)) ?? null

/** A bus that somebody reads. */
function readBus(boot: string): LiveBus {
  const bus = createLiveBus(boot)
  bus.subscribe(() => undefined)
  return bus
}

/** Reads frames until `count` events have come, and leaves. */
async function take(stream: AsyncGenerator<EventFrame>, count: number): Promise<EventFrame[]> {
  const taken: EventFrame[] = []
  for await (const frame of stream) {
    taken.push(frame)
    if (taken.flatMap(({ events }) => events).length >= count) break
  }
  return taken
}

const texts = (frames: readonly EventFrame[]): string[] => frames.flatMap(({ events }) => events.map(textOf))

describe('what a bus remembers', () => {
  it('is everything after an id, in order, and nothing after the newest', () => {
    const bus = readBus('boot')
    for (const text of ['a', 'b', 'c']) bus.publish(log(text))
    expect(textsOf(bus.since('boot:1'))).toEqual(['b', 'c'])
    expect(textsOf(bus.since('boot:0'))).toEqual(['a', 'b', 'c'])
    expect(bus.since(bus.position())).toEqual([])
  })

  it('is not known for an id of another start, of the future, or of nonsense', () => {
    const bus = readBus('boot')
    bus.publish(log('a'))
    for (const id of ['other:1', 'boot:2', 'boot:-1', 'boot:x', 'boot:1.5', 'boot', '']) {
      expect(bus.since(id), id).toBeNull()
    }
  })

  it('is bounded, and an id that fell out of it is not known', () => {
    const bus = readBus('boot')
    for (let at = 1; at <= 30_000; at += 1) bus.publish(log(String(at)))
    expect(bus.since('boot:1')).toBeNull()
    expect(textsOf(bus.since('boot:29990'))).toEqual(
      Array.from({ length: 10 }, (_, index) => String(29_991 + index)),
    )
  })

  it('is what could be built: an event that throws leaves the places of the others right', () => {
    const bus = readBus('boot')
    bus.publish(log('a'))
    const broken = (): LiveEvent => {
      throw new Error('the database cannot be read')
    }
    expect(() => bus.publish(broken)).toThrow('cannot be read')
    bus.publish(log('b'))
    expect(textsOf(bus.since('boot:1'))).toEqual(['b'])
    expect(bus.since(bus.position())).toEqual([])
  })

  it('is bounded in points too, which weigh more than events', () => {
    const bus = readBus('boot')
    for (let at = 1; at <= 100; at += 1) bus.publish(points('r', at * 1_000, 1_000))
    expect(bus.since('boot:70')).toBeNull()
    expect(bus.since('boot:95')).toHaveLength(5)
  })
})

describe('while nobody reads', () => {
  it('nothing is built or kept, and who comes back late must fetch everything', () => {
    let now = 0
    let built = 0
    const bus = createLiveBus('boot', () => now)
    const build = (): LiveEvent => {
      built += 1
      return log('a')
    }
    bus.publish(build)
    expect(built).toBe(0)
    const leave = bus.subscribe(() => undefined)
    bus.publish(build)
    leave()
    // A short break, as when another tab takes the stream over.
    now = 29_000
    bus.publish(build)
    expect(built).toBe(2)
    expect(bus.since('boot:2')).toHaveLength(1)
    now = 31_000
    bus.publish(build)
    expect(built).toBe(2)
    expect(bus.since('boot:2')).toBeNull()
    // Nothing was missed by who has seen the newest.
    expect(bus.since(bus.position())).toEqual([])
  })
})

describe('a reader of the stream', () => {
  it('that comes back gets what it missed, then what is new, each once', async () => {
    const bus = readBus('boot')
    for (const text of ['a', 'b', 'c']) bus.publish(log(text))
    const reading = take(streamEvents(bus, 'boot:1', undefined), 4)
    bus.publish(log('d'))
    bus.publish(log('e'))
    expect(texts(await reading)).toEqual(['b', 'c', 'd', 'e'])
  })

  it('after a restart is told to fetch everything, once, then goes on', async () => {
    const bus = readBus('second')
    bus.publish(log('a'))
    const reading = take(streamEvents(bus, 'first:40', undefined), 2)
    bus.publish(log('b'))
    const frames = await reading
    expect(texts(frames)).toEqual(['resync', 'b'])
    expect(textsOf(bus.since(frames[0]?.id ?? ''))).toEqual(['b'])
  })

  it('that leaves is forgotten', async () => {
    const bus = createLiveBus('boot')
    await take(streamEvents(bus, 'other:0', undefined), 1)
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
    expect(texts([(await first).value as EventFrame])).toEqual(['first'])
    for (let at = 0; at <= 6_000; at += 1) bus.publish(log(String(at)))
    const [behind] = await take(stream, 1)
    expect(behind).toEqual({ id: bus.position(), events: [{ type: 'resync' }] })
  })
})

describe('a frame of events', () => {
  /** The first frame goes at once; what is published before the second makes that one. */
  async function secondFrame(publish: (bus: LiveBus) => void): Promise<EventFrame | undefined> {
    const bus = createLiveBus('boot')
    const stream = streamEvents(bus, null, undefined)
    const first = stream.next()
    bus.publish(log('first'))
    await first
    publish(bus)
    const [frame] = await take(stream, 1)
    expect(frame?.id).toBe(bus.position())
    return frame
  }

  it('holds the points of a burst in one event a run, all of them, in their order', async () => {
    const frame = await secondFrame((bus) => {
      for (let at = 0; at < 1_000; at += 1) bus.publish(points(`run ${at % 2}`, at, 1))
    })
    const events = frame?.events ?? []
    expect(events).toHaveLength(2)
    events.forEach((event, run) => {
      expect(event.type === 'metrics' ? event.points.map(({ step }) => step) : []).toEqual(
        Array.from({ length: 500 }, (_, at) => at * 2 + run),
      )
    })
  })

  it('says of a flood only that there was one, and leaves other runs as they are', async () => {
    const frame = await secondFrame((bus) => {
      for (let at = 0; at < 80; at += 1) bus.publish(points('flood', at * 1_000, 1_000))
      bus.publish(points('calm', 0, 1))
    })
    expect(frame?.events).toEqual([
      points('calm', 0, 1),
      { type: 'many-points', experimentId: 'e', runId: 'flood' },
    ])
  })

  it('keeps of progress the newest, and leaves what was published unchanged', async () => {
    const one = points('r', 0, 1)
    const frame = await secondFrame((bus) => {
      bus.publish(one)
      bus.publish(points('r', 1, 1))
      for (const step of [1, 2, 3]) {
        bus.publish({ type: 'progress', experimentId: 'e', runId: 'r', step, steps: 9 })
      }
    })
    expect(frame?.events.map((event) => (event.type === 'progress' ? event.step : event.type))).toEqual([
      'metrics',
      3,
    ])
    expect(one).toEqual(points('r', 0, 1))
  })
})

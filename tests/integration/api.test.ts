import { createHash } from 'node:crypto'
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { artifacts } from '../../db/schema.ts'
import type { ExperimentPage } from '../../core/contracts/views.ts'
import { createHttpServer } from '../../server/api/http-server.ts'
import { listen } from '../../server/platform/listen.ts'
import { readEvents } from '../support/event-stream.ts'
import {
  removeFolder,
  runTrainings,
  smallDraft,
  startTestServer,
  type TestServer,
} from '../support/server.ts'

let server: TestServer
let page: ExperimentPage

beforeAll(async () => {
  server = await startTestServer()
  page = await runTrainings(server, smallDraft({ methods: [], seeds: 1 }))
})

afterAll(async () => {
  await server.stop()
  removeFolder(server.home)
})

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

interface Answer {
  status: number
  body: string
}

/** A request as it is: no client straightens the path or the Host. */
function raw(target: string, headers: http.OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> {
  const { hostname, port } = new URL(server.url)
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, path: target, method, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
    request.on('error', reject)
    request.end()
  })
}

const call = (name: string, input: object): Promise<Answer> =>
  raw(`/api/trpc/${name}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`)

describe('a call', () => {
  it.each(['page', 'verdict', 'curves', 'runs', 'document'])(
    'of experiments.%s for one that does not exist says so and shows nothing of the inside',
    async (name) => {
      const { status, body } = await call(`experiments.${name}`, { id: 'nobody' })
      expect(status).toBe(404)
      expect(body).toContain('There is no experiment nobody.')
      expect(body).not.toMatch(/node_modules|\.ts:|at Object/)
    },
  )

  it('for a run that does not exist says so, to read it and to cancel it', async () => {
    const read = await call('runs.page', { runId: 'nobody' })
    expect(read.status).toBe(404)
    expect(read.body).toContain('There is no run nobody.')
    await expect(server.api.runs.cancel({ runId: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(server.api.experiments.cancel({ id: 'nobody' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('with the wrong input is refused at its field', async () => {
    const { status, body } = await call('experiments.page', { id: 5 })
    expect(status).toBe(400)
    expect(body).toContain('"path":"id"')
    expect(body).not.toMatch(/node_modules|\.ts:/)
  })

  it('of a name that does not exist is not found', async () => {
    expect((await call('experiments.burn', {})).status).toBe(404)
  })

  it('that changes something is not taken as GET, nor without its content type', async () => {
    expect((await call('experiments.cancel', { id: page.id })).status).toBe(405)
    const simple = await raw('/api/trpc/experiments.cancel', { 'content-type': 'text/plain' }, 'POST')
    expect(simple.status).toBe(415)
  })

  it('of a document that is not there yet is a conflict', async () => {
    const { id } = await server.api.experiments.launch(smallDraft({ seeds: 2 }))
    const { status, body } = await call('experiments.document', { id })
    expect(status).toBe(409)
    expect(body).toContain('This experiment has not ended yet.')
    await server.api.experiments.cancel({ id })
  })
})

describe('a request', () => {
  it.each(['evil.example', 'evil.example:3000', '127.0.0.1.evil.example', 'localhost.evil.example'])(
    'that names the host %s is refused',
    async (host) => {
      for (const target of ['/', '/api/health', '/api/trpc/experiments.list']) {
        expect((await raw(target, { host })).status).toBe(421)
      }
    },
  )

  it.each(['127.0.0.1', 'localhost:1234', '[::1]:80', 'LOCALHOST', '127.0.0.2:3000'])(
    'that names this machine as %s is answered',
    async (host) => {
      expect((await raw('/api/health', { host })).status).toBe(200)
    },
  )

  it.each(['//', 'http://', '/%', '/api/runs/%2e%2e/log.txt'])(
    'for %s is no failure of the server',
    async (target) => {
      expect((await raw(target)).status).toBeLessThan(500)
    },
  )
})

describe('a reader that goes away in the middle of an answer', () => {
  it('is no failure of the server and no line in its log', async () => {
    const errors = vi.spyOn(server.ctx.log, 'error')
    let end: (error: unknown) => void = () => undefined
    const ended = new Promise<unknown>((resolve) => {
      end = resolve
    })
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(65_536)
      })(),
    )
    const one = createHttpServer(
      server.ctx,
      { host: '127.0.0.1', open: null },
      async (_request, response) => {
        await pipeline(endless, response).catch((error: unknown) => {
          end(error)
          throw error
        })
      },
    )
    const port = await listen(one, '127.0.0.1', 0)
    const request = http.get({ host: '127.0.0.1', port, path: '/' }, (response) => {
      response.once('data', () => request.destroy())
    })
    request.on('error', () => undefined)
    expect(await ended).toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' })
    await new Promise(setImmediate)
    expect(errors.mock.calls).toEqual([])
    errors.mockRestore()
    one.close()
  })
})

describe('a download', () => {
  it('has the bytes that were stored, for every file of every run', async () => {
    const rows = await server.api.experiments.runs({ id: page.id })
    const files = rows.flatMap(({ runId }) =>
      server.ctx.db.read.select().from(artifacts).where(eq(artifacts.runId, runId)).all(),
    )
    expect(files.length).toBeGreaterThan(rows.length)
    for (const file of files) {
      const response = await fetch(`${server.url}/api/runs/${file.runId}/artifacts/${file.name}`)
      const bytes = Buffer.from(await response.arrayBuffer())
      expect(response.status).toBe(200)
      expect(sha256(bytes)).toBe(file.sha256)
      expect(bytes.length).toBe(file.sizeBytes)
      expect(response.headers.get('etag')).toBe(`"${file.sha256}"`)
      expect(response.headers.get('content-disposition')).toMatch(/^attachment/)
    }
  })

  it('of the protocol has its hash', async () => {
    const response = await fetch(`${server.url}/api/experiments/${page.id}/protocol.json`)
    expect(sha256(Buffer.from(await response.arrayBuffer()))).toBe(page.protocolHash)
  })

  it('of the log has every line with its time', async () => {
    const [row] = await server.api.experiments.runs({ id: page.id })
    const text = await (await fetch(`${server.url}/api/runs/${row?.runId}/log.txt`)).text()
    const run = await server.api.runs.page({ runId: row?.runId ?? '' })
    const lines = text.trimEnd().split('\n')
    expect(lines).toHaveLength(run.logLines)
    for (const line of lines) expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z (info|warn|error) \S/)
  })

  it('cannot leave its run', async () => {
    const [row] = await server.api.experiments.runs({ id: page.id })
    const secret = path.join(server.home, 'artifacts', 'secret.bin')
    fs.writeFileSync(secret, 'secret')
    const targets = [
      '../secret.bin',
      '..%2fsecret.bin',
      '%2e%2e/secret.bin',
      '%2e%2e%2fsecret.bin',
      'predictions/../../secret.bin',
      'predictions/..%2f..%2fsecret.bin',
      '..\\secret.bin',
      '/etc/hostname',
      './../../stillhouse.db',
      '....//secret.bin',
      'weights.bin%00',
    ]
    for (const name of targets) {
      const { status, body } = await raw(`/api/runs/${row?.runId}/artifacts/${name}`)
      expect(status, name).toBe(404)
      expect(body, name).not.toContain('secret\n')
      expect(body, name).not.toBe('secret')
    }
  })

  it('of what is not there, or no longer, is not found, in words', async () => {
    expect((await raw('/api/runs/nobody/artifacts/weights.bin')).body).toBe(
      'The run nobody has no artifact weights.bin.\n',
    )
    expect((await raw('/api/experiments/nobody/protocol.json')).status).toBe(404)
    expect((await raw('/api/runs/nobody/log.txt')).status).toBe(404)
  })
})

describe('the live events over HTTP', () => {
  const line = (text: string) =>
    ({ type: 'log', experimentId: 'e', runId: 'r', at: 1, level: 'info', text }) as const
  const publish = (from: number, to: number): void => {
    for (let at = from; at < to; at += 1) server.ctx.bus.publish(line(String(at)))
  }
  const texts = (events: readonly { event: { type: string } }[]): string[] =>
    events.flatMap(({ event }) => ('text' in event ? [String(event.text)] : []))

  it('come in order, and after a break go on where they stopped, without loss or doubling', async () => {
    const first = await readEvents(server.url, server.ctx.bus.position())
    publish(0, 300)
    await first.until((events) => texts(events).length >= 120)
    await first.leave()
    publish(300, 400)
    const second = await readEvents(server.url, first.events.at(-1)?.id ?? null)
    publish(400, 500)
    await second.until((events) => texts(events).includes('499'))
    await second.leave()
    expect([...texts(first.events), ...texts(second.events)]).toEqual(
      Array.from({ length: 500 }, (_, at) => String(at)),
    )
    // A burst comes in few frames.
    const frames = new Set([...first.events, ...second.events].map((one) => one.id))
    expect(frames.size).toBeLessThan(10)
  })

  it('begin with resync for a reader of the server before the restart', async () => {
    const before = server.ctx.bus.position()
    await server.stop()
    server = await startTestServer({ home: server.home })
    const reader = await readEvents(server.url, before)
    await reader.until((events) => events.length > 0)
    expect(reader.events[0]?.event).toEqual({ type: 'resync' })
    publish(0, 1)
    await reader.until((events) => texts(events).includes('0'))
    expect(reader.events.filter(({ event }) => event.type === 'resync')).toHaveLength(1)
    await reader.leave()
  })
})

import http from 'node:http'
import os from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { experiments, params } from '../../db/schema.ts'
import { isKnownHost } from '../../server/api/known-host.ts'
import { readEnv } from '../../server/platform/env.ts'
import { startServer } from '../../server/main.ts'
import {
  removeFolder,
  smallDraft,
  startTestServer,
  temporaryFolder,
  type TestServer,
} from '../support/server.ts'

let server: TestServer
let host: string

beforeAll(async () => {
  server = await startTestServer()
  ;({ host } = new URL(server.url))
})

afterAll(async () => {
  await server.stop()
  removeFolder(server.home)
})

interface Answer {
  status: number
  headers: http.IncomingHttpHeaders
  body: string
}

/** A request with exactly these headers and this body. */
function send(
  target: string,
  {
    method = 'POST',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(server.url)
  const sent = body === undefined ? headers : { 'content-type': 'application/json', ...headers }
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, path: target, method, headers: sent }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

const launch = (headers: Record<string, string>): Promise<Answer> =>
  send('/api/trpc/experiments.launch', {
    headers,
    body: JSON.stringify({ json: smallDraft({ methods: [], seeds: 1 }) }),
  })
const launched = (): number => server.ctx.db.read.select().from(experiments).all().length

const foreign: [who: string, headers: Record<string, string>][] = [
  ['another site', { origin: 'https://evil.example' }],
  ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
  ['a name that begins alike', { origin: 'http://127.0.0.1.evil.example' }],
  ['a file or a sandboxed frame', { origin: 'null' }],
  ['no origin at all', { origin: 'nonsense' }],
  ['another site, by its fetch metadata', { 'sec-fetch-site': 'cross-site' }],
  ['a neighbour, by its fetch metadata', { 'sec-fetch-site': 'same-site' }],
]

describe('a page of another origin', () => {
  it.each(foreign)('cannot launch: %s', async (_who, headers) => {
    const { status, body } = await launch(headers)
    expect(status).toBe(403)
    expect(body).toContain('comes from a page of another site, so nothing was done')
    expect(launched()).toBe(0)
  })

  it.each(foreign)('cannot log to a run, cancel or follow the events: %s', async (_who, headers) => {
    const batch = { runId: 'nobody', params: [{ key: 'a', value: 'b' }] }
    for (const [name, json] of [
      ['runs.logBatch', batch],
      ['runs.cancel', { runId: 'nobody' }],
      ['experiments.cancel', { id: 'nobody' }],
      ['experiments.openDemo', { again: true }],
    ] as const) {
      const { status } = await send(`/api/trpc/${name}`, { headers, body: JSON.stringify({ json }) })
      expect(status, name).toBe(403)
    }
    expect((await send('/api/trpc/live.events', { method: 'GET', headers })).status).toBe(403)
    expect((await send('/api/trpc/experiments.list', { method: 'GET', headers })).status).toBe(403)
    expect(server.ctx.db.read.select().from(params).all()).toEqual([])
  })

  it.each(foreign)('cannot post a form or a file anywhere: %s', async (_who, headers) => {
    for (const target of ['/', '/experiments/new', '/api/runs/a/artifacts/weights.bin', '/api/health'])
      expect((await send(target, { headers, body: 'a=b' })).status, target).toBe(403)
    const form = { ...headers, 'content-type': 'multipart/form-data; boundary=x' }
    const body = '--x\r\ncontent-disposition: form-data; name="id"\r\n\r\na\r\n--x--\r\n'
    expect((await send('/api/trpc/experiments.cancel', { headers: form, body })).status).toBe(403)
  })

  it('may link to a page or a download', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    expect((await send('/api/runs/nobody/log.txt', { method: 'GET', headers })).status).toBe(404)
    expect((await send('/api/health', { method: 'GET', headers })).status).toBe(200)
  })
})

it('The own pages and programs that are no browsers may write', async () => {
  const own: Record<string, string>[] = [
    { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' },
    { origin: 'http://LOCALHOST:5', host: 'localhost:5' },
    {},
  ]
  for (const [index, headers] of own.entries()) {
    expect((await launch(headers)).status).toBe(200)
    expect(launched()).toBe(index + 1)
  }
})

it('Every answer says that it may not be framed, guessed at, embedded or told to other sites', async () => {
  const answers = await Promise.all([
    send('/', { method: 'GET' }),
    send('/api/health', { method: 'GET' }),
    send('/api/trpc/experiments.list', { method: 'GET' }),
    send('/api/runs/nobody/log.txt', { method: 'GET' }),
    send('/', { method: 'GET', headers: { host: 'evil.example' } }),
    launch({ origin: 'https://evil.example' }),
  ])
  for (const { headers } of answers) {
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    })
  }
})

it('The policy of a page has a new nonce each time and no unsafe-inline for scripts', async () => {
  const policies = await Promise.all(
    [1, 2].map(async () => {
      const { headers } = await send('/', { method: 'GET', headers: { 'x-nonce': 'theirs' } })
      return /script-src ([^;]*)/.exec(String(headers['content-security-policy']))?.[1] ?? ''
    }),
  )
  for (const scripts of policies) expect(scripts).toMatch(/^'self' 'nonce-[A-Za-z0-9+/]{22}=='$/)
  expect(policies[0]).not.toBe(policies[1])
})

describe('a body that is no object', () => {
  it.each([
    ['null', /this is null/],
    ['[]', /this is a list/],
    ['"text"', /this is a string/],
    ['5', /this is a number/],
    ['{', /This is not JSON/],
    ['', /This is not JSON/],
    ['{"json":null}', /input: /],
    ['{}', /input: /],
    ['{"json":{},"meta":{"values":{"a":["Date"]}}}', /.+/],
    ['{"json":{"id":"x"},"meta":{"values":["nonsense"]}}', /"meta" of this input does not fit/],
  ])('is refused in words: %s', async (body, words) => {
    for (const name of ['experiments.launch', 'experiments.cancel', 'runs.logBatch', 'verifications.store']) {
      const answer = await send(`/api/trpc/${name}`, { body })
      expect(answer.status, name).toBe(400)
      const { error } = JSON.parse(answer.body) as { error: { json: { message: string } } }
      expect(error.json.message).toMatch(words)
      expect(error.json.message).not.toMatch(/Cannot|destructure/)
    }
  })

  it('is refused in words in a batch and in an address', async () => {
    const batch = await send('/api/trpc/experiments.cancel?batch=1', { body: '{"0":null}' })
    expect(batch.body).toContain('this is null')
    const query = await send('/api/trpc/experiments.page?input=null', { method: 'GET' })
    expect(query.status).toBe(400)
    expect(query.body).toContain('this is null')
  })
})

describe('a server for more than this machine', () => {
  const env = (variables: Record<string, string>) =>
    readEnv({ NODE_ENV: 'test', STILLHOUSE_PORT: '0', ...variables })

  it.each(['0.0.0.0', '::', '192.168.1.5', 'lab', '127.0.0.1.example'])(
    'on %s does not start before someone says that it is meant',
    async (name) => {
      const home = temporaryFolder()
      const variables = { STILLHOUSE_HOME: home, STILLHOUSE_HOST: name }
      await expect(startServer({ env: env(variables), variables: process.env })).rejects.toThrow(
        /STILLHOUSE_HOST=.* lets everyone on that network .*launch and cancel.*STILLHOUSE_OPEN=1/,
      )
      removeFolder(home)
    },
  )

  it('starts where it is meant, and keeps foreign pages out all the same', async () => {
    const one = await startTestServer({
      variables: { STILLHOUSE_HOST: '0.0.0.0', STILLHOUSE_OPEN: '1' },
    })
    const answer = (headers: Record<string, string>): Promise<number> =>
      new Promise((resolve, reject) => {
        const request = http.request(
          {
            hostname: '127.0.0.1',
            port: new URL(one.url).port,
            path: '/api/trpc/experiments.cancel',
            method: 'POST',
            headers: { 'content-type': 'application/json', ...headers },
          },
          (response) => resolve(response.resume().statusCode ?? 0),
        )
        request.on('error', reject)
        request.end('{"json":{"id":"nobody"}}')
      })
    expect(await answer({ host: '10.0.0.7:3000', origin: 'http://10.0.0.7:3000' })).toBe(404)
    expect(await answer({ host: '10.0.0.7:3000', origin: 'http://10.0.0.8:3000' })).toBe(403)
    expect(await answer({ host: 'evil.example:3000', origin: 'http://evil.example:3000' })).toBe(421)
    await one.stop()
    removeFolder(one.home)
  })

  it.each([
    ['', null],
    ['0', null],
    ['1', []],
    ['lab.example.org', ['lab.example.org']],
    ['1, lab.example.org', ['lab.example.org']],
  ])('reads STILLHOUSE_OPEN=%s', (text, open) => {
    expect(env({ STILLHOUSE_OPEN: text }).open).toEqual(open)
  })

  it.each(['yes please', 'http://lab/', '--', 'no', 'false'])(
    'refuses STILLHOUSE_OPEN=%s by name',
    (text) => {
      expect(() => env({ STILLHOUSE_OPEN: text })).toThrow(/STILLHOUSE_OPEN=".*" is not valid\. It must be 1/)
    },
  )

  const open = { host: '0.0.0.0', open: ['lab.example.org'] }
  it.each([
    ['192.168.1.5:3000', true],
    ['[fe80::1]:3000', true],
    ['lab:3000', true],
    ['lab.local', true],
    ['LAB.example.org:3000', true],
    [`${os.hostname()}:3000`, true],
    ['localhost', true],
    ['evil.example', false],
    ['192.168.1.5.evil.example', false],
    ['', false],
    [undefined, false],
  ])('is known as %s: %s', (name, known) => {
    expect(isKnownHost(name, open)).toBe(known)
  })
})

import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import { compressAnswers } from './compress-answers.ts'
import { serveFiles } from './files/serve-files.ts'
import { foreignText, isForeign } from './foreign-request.ts'
import { isKnownHost, type Door } from './known-host.ts'
import { secureAnswer, securePage } from './security-headers.ts'
import { appRouter } from './trpc/router.ts'
import type { Context } from '../domain/context.ts'

export type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const trpcPrefix = '/api/trpc/'
const keepAliveMs = 65_000

/** One port for everything: tRPC, downloads, health, and the pages. */
export function createHttpServer(ctx: Context, door: Door, pages: PageHandler): Server {
  const trpc = createHTTPHandler({
    router: appRouter,
    basePath: trpcPrefix,
    createContext: () => ctx,
    maxBodySize: 1024 * 1024,
  })
  // Next compresses its own pages.
  const compressed = compressAnswers()
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    secureAnswer(response)
    if (!isKnownHost(request.headers.host, door)) {
      refuse(response, 421, unknownHostText(door))
      return
    }
    const pathname = pathOf(request)
    if (pathname === null) refuse(response, 400, 'This is not an address.')
    else if (pathname.startsWith(trpcPrefix)) {
      // Reading too, and the stream of events: nothing of it is for another site to link to.
      if (isForeign(request.headers)) refuseCall(response)
      else compressed(request, response, () => trpc(request, response))
    } else if (!isReading(request) && isForeign(request.headers)) refuse(response, 403, foreignText)
    else if (pathname === '/api/health') sendHealth(ctx, response)
    else if (!(await serveFiles(ctx, request, response, pathname))) {
      securePage(request, response)
      await pages(request, response)
    }
  }
  const server = http.createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (hasLeft(error)) return
      ctx.log.error({ err: error, url: request.url }, 'a request failed')
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end(
        'Something went wrong in the server. Its log (logs/server.log in the state folder) says what.\n',
      )
    })
  })
  // Longer than a client keeps a connection: one that is closed while it is used again loses the request.
  server.keepAliveTimeout = keepAliveMs
  return server
}

/** The reader went away before its answer was complete: no failure. */
const hasLeft = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'

function pathOf({ url }: IncomingMessage): string | null {
  try {
    const { pathname } = new URL(url ?? '/', 'http://localhost')
    // "%FF" stands for no letter: nobody behind this could read it.
    decodeURIComponent(pathname)
    return pathname
  } catch {
    return null
  }
}

const isReading = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD'

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}

/** In the form in which a caller of the API reads errors. */
function refuseCall(response: ServerResponse): void {
  const json = { message: foreignText, code: -32_003, data: { code: 'FORBIDDEN', httpStatus: 403 } }
  response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { json } }))
}

const unknownHostText = ({ open }: Door): string =>
  open === null
    ? 'This Stillhouse answers on this machine only.'
    : 'This Stillhouse is not known by this name. Open it by the address or the name of its machine, or put this name into STILLHOUSE_OPEN.'

function sendHealth(ctx: Context, response: ServerResponse): void {
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ ok: true, supervisor: ctx.workers.state() }))
}

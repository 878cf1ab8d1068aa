import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import { compressAnswers } from './compress-answers.ts'
import { serveFiles } from './files/serve-files.ts'
import { appRouter } from './trpc/router.ts'
import type { Context } from '../domain/context.ts'

export type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const trpcPrefix = '/api/trpc/'

/** One port for everything: tRPC, downloads, health, and the pages. */
export function createHttpServer(ctx: Context, loopbackOnly: boolean, pages: PageHandler): Server {
  const trpc = createHTTPHandler({
    router: appRouter,
    basePath: trpcPrefix,
    createContext: () => ctx,
    maxBodySize: 1024 * 1024,
  })
  // Next compresses its own pages.
  const compressed = compressAnswers()
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (loopbackOnly && !isLoopbackHost(request.headers.host)) {
      response
        .writeHead(421, { 'content-type': 'text/plain' })
        .end('This Stillhouse answers on this machine only.\n')
      return
    }
    const pathname = pathOf(request)
    if (pathname === null) {
      response.writeHead(400, { 'content-type': 'text/plain' }).end('This is not an address.\n')
      return
    }
    if (pathname.startsWith(trpcPrefix)) compressed(request, response, () => trpc(request, response))
    else if (pathname === '/api/health') sendHealth(ctx, response)
    else if (!(await serveFiles(ctx, request, response, pathname))) await pages(request, response)
  }
  return http.createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (hasLeft(error)) return
      ctx.log.error({ err: error, url: request.url }, 'a request failed')
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end(
        'Something went wrong in the server. Its log (logs/server.log in the state folder) says what.\n',
      )
    })
  })
}

/** The reader went away before its answer was complete: no failure. */
const hasLeft = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'

function pathOf({ url }: IncomingMessage): string | null {
  try {
    return new URL(url ?? '/', 'http://localhost').pathname
  } catch {
    return null
  }
}

/** A page of another site that resolves its name to this machine (DNS rebinding) names itself in Host. */
function isLoopbackHost(host: string | undefined): boolean {
  const name = host?.replace(/:\d+$/, '').toLowerCase()
  return name === '127.0.0.1' || name === 'localhost' || name === '[::1]'
}

function sendHealth(ctx: Context, response: ServerResponse): void {
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ ok: true, supervisor: ctx.workers.state() }))
}

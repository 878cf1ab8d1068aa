import compression from 'compression'
import type { IncomingMessage, ServerResponse } from 'node:http'

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

/**
 * Compresses answers as the reader accepts it; a live stream is left alone, because it must not wait in a buffer.
 * The package is typed for Express and needs only what Node's own request and response have.
 */
export function compressAnswers(): Middleware {
  const middleware: unknown = compression({
    filter: (request, response) =>
      !String(response.getHeader('content-type')).startsWith('text/event-stream') &&
      compression.filter(request, response),
  })
  return middleware as Middleware
}

import next from 'next'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { packageRoot } from './package-root.ts'

/** Next's request handler for the built pages. */
export async function startPages(
  hostname: string,
  port: number,
  dev: boolean,
): Promise<(request: IncomingMessage, response: ServerResponse) => Promise<void>> {
  const app = next({ dev, dir: packageRoot, hostname, port })
  await app.prepare()
  const handler = app.getRequestHandler()
  return async (request, response) => {
    await handler(request, response)
  }
}

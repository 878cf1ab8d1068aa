import { readEnv } from '../platform/env.ts'
import { startPages } from '../platform/next-pages.ts'
import { startServer, type RunningServer } from '../main.ts'

/** Starts the server in this process, says where it is on standard error, and stops it with the process. */
export async function openServer(): Promise<RunningServer> {
  const env = readEnv(process.env)
  const server = await startServer({
    env,
    variables: process.env,
    pages: (port) => startPages(env.host, port, false),
  })
  if (server.movedFrom !== null) console.error(`Port ${server.movedFrom} is taken, using the next free one.`)
  console.error(`Stillhouse is up on ${server.url} (state in ${env.home}, log in its logs/server.log)`)
  let stopping = false
  const stop = (code: number): void => {
    if (stopping) return
    stopping = true
    console.error('Stopping. The same command goes on where this one stopped.')
    void server.stop().finally(() => process.exit(code))
  }
  process.on('SIGTERM', () => stop(0))
  process.on('SIGINT', () => stop(130))
  return server
}

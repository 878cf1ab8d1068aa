import { StartError } from './platform/start-error.ts'
import { NewerDatabaseError } from '../db/open-database.ts'
import { readEnv } from './platform/env.ts'
import { startPages } from './platform/next-pages.ts'
import { startServer } from './start-server.ts'

/** The server alone, without the command line: `node dist/server.js`. */
async function main(): Promise<void> {
  const env = readEnv(process.env)
  const dev = process.env.STILLHOUSE_DEV === '1'
  const server = await startServer({
    env,
    variables: process.env,
    pages: (port) => startPages(env.host, port, dev),
  })
  if (server.movedFrom !== null) console.error(`Port ${server.movedFrom} is taken.`)
  console.error(`Stillhouse is up on ${server.url}`)
  const stop = (): void => {
    void server.stop().then(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

main().catch((error: unknown) => {
  const known = error instanceof StartError || error instanceof NewerDatabaseError
  console.error(known ? error.message : error)
  process.exit(1)
})

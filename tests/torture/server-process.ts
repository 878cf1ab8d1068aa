import { startServer } from '../../server/main.ts'
import { readEnv } from '../../server/platform/env.ts'

// The server without pages, as a process that is to be killed. Where it listens stands in server.json.
const server = await startServer({ env: readEnv(process.env), variables: process.env })
process.on('SIGTERM', () => {
  void server.stop().then(() => process.exit(0))
})

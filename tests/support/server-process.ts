import { readEnv } from '../../server/platform/env.ts'
import { startServer } from '../../server/main.ts'

// A server without pages in a process of its own, for tests that kill it. Says where it listens over IPC.
const server = await startServer({ env: readEnv(process.env), variables: process.env })
process.send?.({ url: server.url })
process.on('SIGTERM', () => {
  void server.stop().then(() => process.exit(0))
})

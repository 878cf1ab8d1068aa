import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface BenchServer {
  url: string
  pid: number
  stop: () => Promise<void>
}

/** The product as people start it, in production, on the state folder `home`. */
export async function startServer(
  home: string,
  variables: Record<string, string> = {},
): Promise<BenchServer> {
  const program = join(import.meta.dirname, '..', '..', 'bin', 'stillhouse.js')
  const child = spawn(process.execPath, [program, 'start'], {
    cwd: home,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      STILLHOUSE_HOME: home,
      STILLHOUSE_PORT: '0',
      STILLHOUSE_ENGINE: 'wasm',
      ...variables,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said: string[] = []
  const exited = once(child, 'exit')
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line)
    const url = /is up on (http:\S+)/.exec(line)?.[1]
    if (url === undefined || child.pid === undefined) continue
    child.stderr.resume()
    return {
      url,
      pid: child.pid,
      stop: async () => {
        child.kill('SIGTERM')
        await exited
      },
    }
  }
  throw new Error(`The server did not start:\n${said.join('\n')}`)
}

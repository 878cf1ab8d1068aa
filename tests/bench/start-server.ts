import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface BenchServer {
  url: string
  /** Its state folder. */
  home: string
  pid: number
  stop: () => Promise<void>
}

/** Runs `use` with a server on a state folder of its own; neither is left behind, whatever happens. */
export async function withServer<T>(
  use: (server: BenchServer) => Promise<T>,
  variables: Record<string, string> = {},
): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'stillhouse-bench-'))
  try {
    const server = await startServer(home, variables)
    try {
      return await use(server)
    } finally {
      await server.stop()
    }
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

/** The product as people start it, in production, on the state folder `home`. It ends with this process at the latest. */
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
  const end = (): void => void child.kill('SIGTERM')
  process.once('exit', end)
  void exited.then(() => process.removeListener('exit', end))
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line)
    const url = /is up on (http:\S+)/.exec(line)?.[1]
    if (url === undefined || child.pid === undefined) continue
    child.stderr.resume()
    return {
      url,
      home,
      pid: child.pid,
      stop: async () => {
        end()
        await exited
      },
    }
  }
  end()
  throw new Error(`The server did not start:\n${said.join('\n')}`)
}

import { spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client'
import superjson from 'superjson'
import { z } from 'zod'
import type { AppRouter } from '../../server/api/trpc/router.ts'
import { whenOver } from './when-over.ts'
import { killIfThere, leftOf, markedProcesses, type MarkedProcess } from './marked-processes.ts'

const Address = z.object({ url: z.string(), pid: z.int() })
const startsWithinMs = 600_000
const lookAgainMs = 20
/** As a URL, which has no spaces whatever the folder is called. */
const clock = pathToFileURL(path.join(import.meta.dirname, 'shifted-clock.js')).href

/** The real server with its workers, below a shell as `npm start | tee log` has one. */
export interface ServerUnderTest {
  home: string
  url: string
  pid: number
  api: TRPCClient<AppRouter>
  /** The state folder, and HOME of every process of this tree. */
  marker: string
  processes(): MarkedProcess[]
  /** Starts it, again and again until it is up. Returns how often it did not start, and what was said. */
  start(): Promise<{ failures: string[] }>
  /** kill -9. */
  kill(): Promise<void>
  /** kill -9 of the shell above it and of the reader of its output. */
  killParents(): void
  /** Ends it as Ctrl+C does. */
  stop(): Promise<void>
  /** kill -9 of everything that is left of it. */
  wipe(): void
  /** Sets the clock of the server or of the supervisor. */
  shiftClock(role: 'server' | 'supervisor', byMs: number): void
  said(): string
}

export function createServerUnderTest(home: string, bundle: string): ServerUnderTest {
  const marker = home
  const clocks = path.join(path.dirname(bundle), `clock-${path.basename(home)}`)
  fs.mkdirSync(clocks, { recursive: true })
  const file = path.join(home, 'server.json')
  let shell: ChildProcess | null = null
  let said = ''
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: marker,
    NODE_OPTIONS: `--import ${clock}`,
    TORTURE_CLOCK: clocks,
    STILLHOUSE_HOME: home,
    STILLHOUSE_PORT: '0',
    STILLHOUSE_ENGINE: 'wasm',
    STILLHOUSE_CORES: '2',
    STILLHOUSE_CHECKPOINT_MS: '200',
    STILLHOUSE_LOG: 'info',
  }

  async function startOnce(): Promise<string | null> {
    const from = said.length
    const child = spawn('sh', ['-c', '"$0" "$1" 2>&1 | cat', process.execPath, bundle], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    })
    shell = child
    let ended = false
    child.once('exit', () => {
      ended = true
    })
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    const startedAt = performance.now()
    while (performance.now() - startedAt < startsWithinMs) {
      const address = readAddress(file)
      if (address !== null && isBelow(address.pid)) {
        server.url = address.url
        server.pid = address.pid
        server.api = clientOf(address.url)
        return null
      }
      if (ended) return said.slice(from).trim()
      await wait(lookAgainMs)
    }
    throw new Error(`The server did not start within ${startsWithinMs / 1000} s: ${said.slice(from)}`)
  }

  const isBelow = (pid: number): boolean => markedProcesses(marker).some((one) => one.pid === pid)

  const server: ServerUnderTest = {
    home,
    url: '',
    pid: 0,
    api: clientOf('http://127.0.0.1:1'),
    marker,
    processes: () => markedProcesses(marker),
    start: async () => {
      const failures: string[] = []
      for (;;) {
        const failure = await startOnce()
        if (failure === null) return { failures }
        failures.push(failure)
        if (failures.length > 100) throw new Error(`The server does not start: ${failure}`)
        await wait(200)
      }
    },
    kill: async () => {
      process.kill(server.pid, 'SIGKILL')
      await leftOf(marker, [server.pid], 5_000)
    },
    killParents: () => {
      if (shell?.pid === undefined) return
      for (const { pid, role } of markedProcesses(marker)) if (role === 'other') killIfThere(pid)
    },
    stop: async () => {
      if (!isBelow(server.pid)) return
      process.kill(server.pid, 'SIGTERM')
      await leftOf(marker, [server.pid], 15_000)
    },
    shiftClock: (role, byMs) => fs.writeFileSync(path.join(clocks, role), String(byMs)),
    wipe: whenOver(() => {
      for (const { pid } of markedProcesses(marker)) killIfThere(pid)
    }),
    said: () => said,
  }
  return server
}

function clientOf(url: string): TRPCClient<AppRouter> {
  return createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${url}/api/trpc`, transformer: superjson })],
  })
}

function readAddress(file: string): z.infer<typeof Address> | null {
  try {
    return Address.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createTRPCClient, httpBatchLink, type TRPCClient } from '@trpc/client'
import superjson from 'superjson'
import type { AppRouter } from '../../server/api/trpc/router.ts'

const root = path.join(import.meta.dirname, '..', '..')

/** The product as people start it: `stillhouse start`, with pages, workers and a state folder of its own. */
export interface PageServer {
  url: string
  /** Its state folder. */
  home: string
  api: TRPCClient<AppRouter>
  /** Ends the process as Ctrl+C does; the state stays. */
  halt(): Promise<void>
  /** Starts it again on the same state and the same port. */
  resume(): Promise<void>
  /** Ends it and removes the state. */
  remove(): Promise<void>
}

/** @param fill puts a state into the new folder before the server starts on it */
export async function startPageServer(fill: (home: string) => void = () => {}): Promise<PageServer> {
  const home = mkdtempSync(path.join(tmpdir(), 'stillhouse-browser-'))
  fill(home)
  // A trainer that has just lost its parent may still write.
  const clean = (): void => rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  let running = await startProcess(home, 0).catch((error: unknown) => {
    clean()
    throw error
  })
  const { url } = running
  const halt = async (): Promise<void> => {
    if (running.child.exitCode !== null || running.child.signalCode !== null) return
    const ended = new Promise<void>((resolve) => running.child.once('exit', () => resolve()))
    running.child.kill('SIGTERM')
    await ended
  }
  return {
    url,
    home,
    api: createTRPCClient<AppRouter>({
      links: [httpBatchLink({ url: `${url}/api/trpc`, transformer: superjson })],
    }),
    halt,
    resume: async () => {
      running = await startProcess(home, Number(new URL(url).port))
      if (running.url !== url) throw new Error(`The server came back as ${running.url}, not as ${url}.`)
    },
    remove: async () => {
      await halt()
      clean()
    },
  }
}

/** Resolves when the server says where it is; rejects with its words when it ends before that. */
function startProcess(home: string, port: number): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [path.join(root, 'bin', 'stillhouse.js'), 'start'], {
    cwd: root,
    env: {
      ...process.env,
      STILLHOUSE_HOME: home,
      STILLHOUSE_PORT: String(port),
      STILLHOUSE_ENGINE: 'wasm',
      // However many cores a machine has, trainings last long enough to be watched.
      STILLHOUSE_CORES: '2',
      // What the runner sets for itself would colour the server's lines.
      FORCE_COLOR: undefined,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const end = (): void => void child.kill('SIGTERM')
  process.once('exit', end)
  child.once('exit', () => process.removeListener('exit', end))
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const url = /Stillhouse is up on (\S+)/.exec(said)?.[1]
      if (url !== undefined) resolve({ child, url })
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${said}`)))
  })
}

import { fork, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { packageRoot } from '../../platform/package-root.ts'

/** Starts a worker program with an IPC channel: the bundle where this process is one, else the source through tsx. */
export function forkWorker(name: 'supervisor' | 'trainer', env: NodeJS.ProcessEnv): ChildProcess {
  const source = path.join(packageRoot, 'workers', name, 'main.ts')
  const bundle = path.join(packageRoot, 'dist', `${name}.js`)
  const bundled = !import.meta.url.endsWith('.ts') && fs.existsSync(bundle)
  return fork(bundled ? bundle : source, [], {
    execArgv: bundled ? ['--enable-source-maps'] : ['--import', 'tsx'],
    cwd: packageRoot,
    env: withAbsolutePaths(env),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
}

/** A worker runs in another folder than this process: a path in its environment must be absolute. */
const withAbsolutePaths = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  env['STILLHOUSE_NATIVE'] ? { ...env, STILLHOUSE_NATIVE: path.resolve(env['STILLHOUSE_NATIVE']) } : env

/** The last lines that a process wrote to standard error; every one is handed to `onLine`. */
export function stderrTail(
  child: ChildProcess,
  lines: number,
  onLine: (line: string) => void = () => undefined,
): () => string {
  let tail: string[] = []
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    const said = chunk.split('\n').filter((line) => line.trim() !== '')
    for (const line of said) onLine(line)
    tail = [...tail, ...said].slice(-lines)
  })
  return () => tail.join('\n')
}

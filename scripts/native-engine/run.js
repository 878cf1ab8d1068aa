import { spawn } from 'node:child_process'

/**
 * Runs a program to its end. It is ended with all that it started when `signal` aborts or its own time is up.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal, limitMs?: number}} options
 * @returns {Promise<{code: number | string, output: string}>} exit code, or a signal's name, `ENOENT` where there is no
 *   such program, `timeout`; the end of what it wrote
 */
export async function run(command, args, { cwd, env = process.env, signal, limitMs = 600_000 } = {}) {
  signal?.throwIfAborted()
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(-20_000)))
  let late = false
  const end = () => {
    try {
      // Its whole group: a compiler driver or npm has children of its own.
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It is gone already.
    }
  }
  const timer = setTimeout(() => {
    late = true
    end()
  }, limitMs)
  signal?.addEventListener('abort', end)
  try {
    const code = await new Promise((resolve) => {
      child.once('error', (error) => resolve(error.code ?? error.message))
      child.once('close', (status, killedBy) => resolve(killedBy ?? status))
    })
    signal?.throwIfAborted()
    return { code: late ? 'timeout' : code, output }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', end)
  }
}

/** The last lines that a program wrote, indented, to stand under a message. */
export const lastLines = (output, count = 5) =>
  output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .map((line) => `    ${line}`)
    .join('\n')

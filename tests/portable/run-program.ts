import { execFile } from 'node:child_process'
import { NotHere } from './row.ts'

const mostMs = 300_000

/** Standard output of a program. Rejects with NotHere that has the last of what it complained about. */
export function runProgram(
  command: string,
  args: readonly string[],
  { cwd, variables = {} }: { cwd?: string; variables?: Record<string, string> } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      command,
      args,
      {
        env: { ...process.env, ...variables },
        timeout: mostMs,
        maxBuffer: 1 << 26,
        encoding: 'utf8',
        ...(cwd === undefined ? {} : { cwd }),
      },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout)
        else {
          const last = stderr.trim().split('\n').slice(-2).join(' ') || error.message
          reject(new NotHere(`${command} ${args[0] ?? ''} failed: ${last}`, { cause: error }))
        }
      },
    )
  })
}

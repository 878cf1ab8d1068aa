import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'

const program = path.join(import.meta.dirname, '..', '..', 'bin', 'stillhouse.js')

export interface Finished {
  code: number | null
  stdout: string
  stderr: string
}

/** `stillhouse verify` as people call it, with temporary files in `temporary`. */
export function spawnVerify(
  args: readonly string[],
  { home, temporary }: { home: string; temporary: string },
): { child: ChildProcess; finished: Promise<Finished>; said: (text: string) => Promise<void> } {
  const child = spawn(process.execPath, [program, 'verify', ...args, '--home', home], {
    env: { ...process.env, TMPDIR: temporary, STILLHOUSE_ENGINE: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  let heard: () => void = () => undefined
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    heard()
  })
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
  return {
    child,
    finished,
    said: (text) =>
      new Promise((resolve, reject) => {
        heard = () => {
          if (stderr.includes(text)) resolve()
        }
        heard()
        void finished.then(() => reject(new Error(`It ended without “${text}”: ${stderr}`)), reject)
      }),
  }
}

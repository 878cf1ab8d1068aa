import fs from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

export type Role = 'server' | 'supervisor' | 'trainer' | 'other'

export interface MarkedProcess {
  pid: number
  role: Role
}

/** Every living process that carries HOME=`marker`, whoever its parent is by now. Reads /proc: Linux alone. */
export function markedProcesses(marker: string): MarkedProcess[] {
  const found: MarkedProcess[] = []
  for (const name of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const environment = fs.readFileSync(`/proc/${name}/environ`, 'utf8').split('\0')
      if (!environment.includes(`HOME=${marker}`)) continue
      found.push({ pid: Number(name), role: roleOf(fs.readFileSync(`/proc/${name}/cmdline`, 'utf8')) })
    } catch {
      // It has ended while it was looked at.
    }
  }
  // A process that has ended and was not waited for has an empty environment: it is not among them.
  return found
}

function roleOf(commandLine: string): Role {
  const parts = commandLine.split('\0').filter((part) => !part.startsWith('-'))
  const program = /\/(server|supervisor|trainer)\.js$/.exec(parts[1] ?? '')?.[1]
  return program === 'server' || program === 'supervisor' || program === 'trainer' ? program : 'other'
}

/** Long after the second that is promised, also on a busy machine: whoever is there then has no mind to leave. */
export const leavesWithinMs = 30_000

/** How many of `pids` are still there `withinMs` later, and after how long the last one was gone. */
export async function leftOf(
  marker: string,
  pids: readonly number[],
  withinMs: number,
): Promise<{ left: number; lastMs: number }> {
  const startedAt = performance.now()
  for (;;) {
    const alive = new Set(markedProcesses(marker).map(({ pid }) => pid))
    const left = pids.filter((pid) => alive.has(pid)).length
    const lastMs = performance.now() - startedAt
    if (left === 0 || lastMs > withinMs) return { left, lastMs }
    await wait(20)
  }
}

/** kill -9; false where it has just ended by itself. */
export function killIfThere(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL')
    return true
  } catch {
    return false
  }
}

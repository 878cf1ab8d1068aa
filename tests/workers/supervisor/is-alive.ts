import { readFileSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'

/** Whether a process runs. One that has ended and waits for its parent to notice does not. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    if (process.platform !== 'linux') return true
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

/** Resolves once the process is gone; the test's own time limit ends a wait that does not. */
export const untilGone = async (pid: number): Promise<void> => {
  while (isAlive(pid)) await turn()
}

import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** Lines "pid ppid command" of all processes; small Debian images have no ps. */
const processes = (): string[] => {
  if (process.platform !== 'linux') {
    return execFileSync('ps', ['-ww', '-e', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')
  }
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return []
    try {
      const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
      return [`${pid} ${parent} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`]
    } catch {
      // It ended meanwhile.
      return []
    }
  })
}

/** Ids of the trainers that this supervisor started and that still exist (tsx may have started a compiler beside them). */
export const trainersOf = (pid: number): number[] =>
  processes().flatMap((line) => {
    const [, child, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return Number(parent) === pid && /trainer[/.]/.test(command ?? '') ? [Number(child)] : []
  })

import { writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'

/** A sixth of the weight of what else runs: it still gets on beside other work. */
const niceness = 8

/**
 * Lets the server, the pages and whoever works on this machine go before a process that computes. Linux weighs sessions
 * against each other, whatever their processes' niceness, so a process that leads a session has that session's weight
 * set as well (sched(7), autogroup). Where the system refuses, it computes as others do.
 */
export function giveWay(pid: number): void {
  lowerPriority(pid)
  if (process.platform === 'linux') attempt(() => writeFileSync(`/proc/${pid}/autogroup`, String(niceness)))
}

/** The same for a process that shares its session with others, whose weight is not its to set. */
export function lowerPriority(pid: number): void {
  attempt(() => setPriority(pid, niceness))
}

function attempt(work: () => void): void {
  try {
    work()
  } catch {
    // Courtesy, not need: gone already, or not allowed here.
  }
}

import fs from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { killIfThere, leavesWithinMs, leftOf } from './marked-processes.ts'
import { pickProcess, readStanding, mostMs, until, workersOf, type Room } from './room.ts'

export interface EventResult {
  /** Processes that should have been gone and were not. */
  orphans: number
  /** How long the workers outlived their parent; null where none died. */
  goneMs: number | null
  note: string
}

const none = (note = ''): EventResult => ({ orphans: 0, goneMs: null, note })

export async function killTrainer(room: Room): Promise<EventResult> {
  // Those of the latency job live for a second each: the chosen one may have just ended.
  while (!killIfThere(await pickProcess(room, 'trainer')));
  return none()
}

export async function killSupervisor(room: Room): Promise<EventResult> {
  const pid = await pickProcess(room, 'supervisor')
  const workers = workersOf(room)
  process.kill(pid, 'SIGKILL')
  return await orphansAmong(room, workers)
}

/** The server is stopped for a while, as by a debugger or a machine that swaps, when its supervisor dies. */
export async function killSupervisorOfHangingServer(room: Room): Promise<EventResult> {
  process.kill(room.server.pid, 'SIGSTOP')
  try {
    await wait(300)
    const result = await killSupervisor(room)
    await wait(1_000)
    return result
  } finally {
    process.kill(room.server.pid, 'SIGCONT')
  }
}

export async function killServer(room: Room): Promise<EventResult> {
  const workers = workersOf(room)
  await room.server.kill()
  const result = await orphansAmong(room, workers)
  await room.server.start()
  return result
}

export async function killServerTwice(room: Room): Promise<EventResult> {
  const first = await killServer(room)
  const afterMs = room.random.nextInt(900)
  await wait(afterMs)
  const second = await killServer(room)
  return bothOf(first, second, `again ${afterMs} ms after it was up`)
}

/** A file was moved into the artifacts a moment ago: its row may not be committed. */
export async function killServerAtAdoption(room: Room): Promise<EventResult> {
  const watcher = fs.watch(`${room.server.home}/artifacts`, { recursive: true })
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Waited ${mostMs / 1000} s for an artifact.`)), mostMs)
      watcher.once('change', () => {
        clearTimeout(timer)
        resolve()
      })
    })
  } finally {
    watcher.close()
  }
  return await killServer(room)
}

/** The last training of the first look has just ended: the next look is being read, or launched. */
export async function killServerAtLook(room: Room): Promise<EventResult> {
  await until('the end of the first look', () =>
    readStanding(room.server.home, room.experimentId).looksTaken >= 1 ? true : null,
  )
  await wait(room.random.nextInt(30))
  return await killServer(room)
}

export const duringLatency =
  (kill: (room: Room) => Promise<EventResult>) =>
  async (room: Room): Promise<EventResult> => {
    await until('the latency job', () => {
      const { profiling, status } = readStanding(room.server.home, room.experimentId)
      if (status !== 'running') throw new Error('The experiment ended before its latency was measured.')
      return profiling ? true : null
    })
    await wait(room.random.nextInt(3_000))
    return await kill(room)
  }

/** The shell above the server and the reader of its output; then it has something to say to nobody. */
export async function killParents(room: Room): Promise<EventResult> {
  const { pid } = room.server
  room.server.killParents()
  const result = await killSupervisor(room)
  await wait(1_000)
  const alive = room.server.processes().some((one) => one.pid === pid)
  if (!alive) throw new Error('The server ended with the shell above it.')
  return { ...result, note: 'the server lives on' }
}

async function orphansAmong(room: Room, workers: readonly number[]): Promise<EventResult> {
  const { left, lastMs } = await leftOf(room.server.marker, workers, leavesWithinMs)
  return { orphans: left, goneMs: Math.round(lastMs), note: '' }
}

/** Two kills as one event. */
export const bothOf = (first: EventResult, second: EventResult, note = ''): EventResult => ({
  orphans: first.orphans + second.orphans,
  goneMs: Math.max(first.goneMs ?? 0, second.goneMs ?? 0),
  note,
})

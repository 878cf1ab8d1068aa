import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { bothOf, killServer, type EventResult } from './kills.ts'
import type { Room } from './room.ts'

const hourMs = 3_600_000

/** Another process holds the database's write lock, as a backup or a forgotten shell of sqlite3 does. */
export const lockDatabase =
  (begin: 'BEGIN IMMEDIATE' | 'BEGIN EXCLUSIVE', forMs: number) =>
  async (room: Room): Promise<EventResult> => {
    const connection = new Sqlite(path.join(room.server.home, 'stillhouse.db'), { timeout: 10_000 })
    room.load.takeLongestAnswer()
    try {
      connection.exec(begin)
      await wait(forMs)
      connection.exec('ROLLBACK')
    } finally {
      connection.close()
    }
    // What was asked while it was locked has been answered by then.
    await wait(500)
    return {
      orphans: 0,
      goneMs: null,
      note: `pages answered within ${Math.round(room.load.takeLongestAnswer())} ms`,
    }
  }

/** Not a byte is left on the disk of the state folder for some seconds. */
export async function fillDisk(room: Room): Promise<EventResult> {
  const file = path.join(room.server.home, 'fill')
  fill(file)
  await wait(4_000)
  fs.rmSync(file)
  return { orphans: 0, goneMs: null, note: '' }
}

/** … and the server is killed meanwhile: it cannot start before there is room. */
export async function fillDiskAndKill(room: Room): Promise<EventResult> {
  const file = path.join(room.server.home, 'fill')
  fill(file)
  await wait(1_000)
  const free = wait(3_000).then(() => fs.rmSync(file))
  const result = await killServer(room)
  await free
  return result
}

/** Somebody sets the clock of one process, once or again; what it is set to last stays. */
export const setClock =
  (role: 'server' | 'supervisor', hours: readonly number[]) =>
  async (room: Room): Promise<EventResult> => {
    for (const shift of hours) {
      room.server.shiftClock(role, shift * hourMs)
      await wait(1_500)
    }
    return { orphans: 0, goneMs: null, note: '' }
  }

/** The clock of the whole machine goes wrong, and is right again after a restart. */
export const setClockAndRestart =
  (hours: number) =>
  async (room: Room): Promise<EventResult> => {
    const restartAt = async (shift: number): Promise<EventResult> => {
      room.server.shiftClock('server', shift * hourMs)
      room.server.shiftClock('supervisor', shift * hourMs)
      await wait(1_000)
      const result = await killServer(room)
      await wait(1_000)
      return result
    }
    return bothOf(await restartAt(hours), await restartAt(0))
  }

/** Writes until not a byte is left. */
function fill(file: string): void {
  const handle = fs.openSync(file, 'a')
  try {
    for (let size = 1 << 20; size >= 1; size >>= 1) writeWhileThereIsRoom(handle, Buffer.alloc(size))
  } finally {
    fs.closeSync(handle)
  }
}

function writeWhileThereIsRoom(handle: number, bytes: Buffer): void {
  try {
    for (;;) fs.writeSync(handle, bytes)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
}

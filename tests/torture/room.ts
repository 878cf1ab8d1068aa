import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { eq } from 'drizzle-orm'
import type { Random } from '../../core/random/create-random.ts'
import type { Db } from '../../db/open-database.ts'
import * as schema from '../../db/schema.ts'
import type { Role } from './marked-processes.ts'
import type { Load } from './load.ts'
import type { ServerUnderTest } from './server-under-test.ts'

/** What an event works with. */
export interface Room {
  server: ServerUnderTest
  random: Random
  load: Load
  experimentId: string
  /** The state folder is a small disk of its own. */
  small: boolean
}

const lookAgainMs = 10
/** Far above what a slow machine needs for any of it. */
export const mostMs = 600_000

/** Where an experiment stands, read from the database itself: a page may be away. */
export interface Standing {
  status: string
  decided: boolean
  looksTaken: number
  training: number
  profiling: boolean
}

export function readStanding(home: string, id: string): Standing {
  return withDatabase(home, (db) => {
    const experiment = db.select().from(schema.experiments).where(eq(schema.experiments.id, id)).get()
    const leased = db.select().from(schema.jobs).where(eq(schema.jobs.state, 'leased')).all()
    return {
      status: experiment?.status ?? 'unknown',
      decided: experiment?.decidedAt != null,
      looksTaken: experiment?.looksTaken ?? 0,
      training: leased.filter(({ kind }) => kind === 'train').length,
      profiling: leased.some(({ kind }) => kind === 'profile'),
    }
  })
}

/** Reads the database of a running server from beside it. */
export function withDatabase<T>(home: string, work: (db: Db) => T): T {
  const connection = new Sqlite(path.join(home, 'stillhouse.db'), { timeout: 5_000 })
  try {
    connection.pragma('query_only = ON')
    return work(drizzle(connection, { schema }))
  } finally {
    connection.close()
  }
}

/** Waits until `ready` gives something else than null; throws with `what` after `mostMs`. */
export async function until<T>(what: string, ready: () => T | null | Promise<T | null>): Promise<T> {
  const startedAt = performance.now()
  for (;;) {
    const found = await ready()
    if (found !== null) return found
    if (performance.now() - startedAt > mostMs) throw new Error(`Waited ${mostMs / 1000} s for ${what}.`)
    await wait(lookAgainMs)
  }
}

/** The supervisor has said hello and what is left of the experiment is under way again. */
export async function untilRecovered(room: Room): Promise<number> {
  const startedAt = performance.now()
  await until('the server to get on after the event', async () => {
    const health = await fetch(`${room.server.url}/api/health`)
      .then((answer) => answer.json() as Promise<{ supervisor?: string }>)
      .catch(() => null)
    if (health?.supervisor !== 'running') return null
    const { status, training, profiling } = readStanding(room.server.home, room.experimentId)
    return status !== 'running' || training > 0 || profiling ? true : null
  })
  return performance.now() - startedAt
}

/** One of the living processes with this role, chosen at random; waits for the first. */
export const pickProcess = (room: Room, role: Role): Promise<number> =>
  until(`a ${role}`, () => {
    const found = room.server.processes().filter((one) => one.role === role)
    return found[room.random.nextInt(Math.max(found.length, 1))]?.pid ?? null
  })

export const workersOf = (room: Room, roles: readonly Role[] = ['supervisor', 'trainer']): number[] =>
  room.server
    .processes()
    .filter(({ role }) => roles.includes(role))
    .map(({ pid }) => pid)

/** Files below a folder, relative to it. */
export function filesBelow(folder: string): string[] {
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
}

import { setTimeout as wait } from 'node:timers/promises'
import type { ExperimentDraftInput } from '../../core/contracts/protocol.ts'
import type { Random } from '../../core/random/create-random.ts'
import { emptyRow, type EventRow } from './event-row.ts'
import type { EventResult } from './kills.ts'
import { launchDisturbed } from './launch-disturbed.ts'
import { createLedger, doubledPoints, type Ledger } from './ledger.ts'
import { leftBehind } from './left-behind.ts'
import { startLoad, type Load } from './load.ts'
import { openHome } from './open-home.ts'
import type { Phase, PlannedEvent } from './plan-events.ts'
import { readStanding, until, untilRecovered, withDatabase, type Room } from './room.ts'
import { createServerUnderTest } from './server-under-test.ts'
import { differences, readTable, type Table } from './table.ts'

export interface Options {
  number: number
  bundle: string
  draft: ExperimentDraftInput
  random: Random
  /** The undisturbed one; null: this is it. */
  expected: Table | null
  /** Waits for the latency job; else the experiment is judged when it begins. */
  latency: boolean
  progress: (text: string) => void
}

export interface Disturbed {
  rows: EventRow[]
  /** null: the experiment did not come to its end. */
  table: Table | null
  /** What was planned and did not happen, because the experiment was over. */
  unused: PlannedEvent[]
  acknowledged: ReturnType<Ledger['counts']>
}

/** Runs one experiment under load through `events` and judges what is left of it. */
export async function runDisturbed(options: Options, events: readonly PlannedEvent[]): Promise<Disturbed> {
  const { number, bundle, draft, random, latency, progress } = options
  const { home, small, remove } = openHome(events.some((event) => event.small === true))
  const server = createServerUnderTest(home, bundle)
  const ledger = createLedger()
  const rows: EventRow[] = []
  const waiting = [...events]
  const disturbed: Disturbed = { rows, table: null, unused: [], acknowledged: ledger.counts() }
  let load: Load | null = null
  let faults: string[] = []
  try {
    await server.start()
    const launchedAt = performance.now()
    const take = (event: PlannedEvent): EventRow => {
      waiting.splice(waiting.indexOf(event), 1)
      const row = emptyRow(event.kind, number, Math.round(performance.now() - launchedAt))
      progress(`experiment ${number}, ${(row.atMs / 1000).toFixed(1)} s: ${event.kind}`)
      rows.push(row)
      return row
    }
    const atLaunch = events.find(({ phase }) => phase === 'launch')
    const launchRow = atLaunch === undefined ? null : take(atLaunch)
    const { id, ...launched } = await launchDisturbed(server, draft, atLaunch?.launch?.(random) ?? null)
    load = startLoad(server, ledger, id)
    const room: Room = { server, random, load, experimentId: id, small }
    const judge = createJudge(room, ledger)
    if (launchRow !== null) await settle(room, launchRow, launched, judge)

    for (const event of phases.flatMap((phase) => events.filter((one) => one.phase === phase))) {
      if (event.small === true && !small) {
        take(event).note = 'not tried: this machine does not let tests mount a small disk'
      } else if (event.run !== null && (await reaches(room, event.phase))) {
        const row = take(event)
        await settle(room, row, await event.run(room), judge)
      }
    }
    await until('the end of the experiment', () => {
      const { status, profiling } = readStanding(home, id)
      return status !== 'running' || (profiling && !latency) ? true : null
    })
    disturbed.table = await readTable(server.api, id, latency)
    const worse = await judge()
    const back = await load.backward()
    progress(`experiment ${number}, ${((performance.now() - launchedAt) / 1000).toFixed(1)} s: over`)
    await load.stop()
    const unread = withDatabase(home, (db) => ledger.unread(db))
    await server.stop()
    const left = await leftBehind(server)
    if (options.expected === null) faults = faultsOf({ worse, back, unread, left })
    conclude(rows, { worse, back, unread, left, expected: options.expected, table: disturbed.table })
  } catch (error) {
    // Wherever it hangs: its events have missed their goal, and what was said last tells why.
    const text = `${error instanceof Error ? error.message : String(error)} It last said: ${server.said().slice(-1_000)}`
    progress(`experiment ${number} did not come to its end: ${text}`)
    for (const row of rows) row.sameTable = false
    const last = rows.at(-1)
    // The undisturbed one has no excuse.
    if (last === undefined) throw error
    last.lost ??= 0
    last.note = text.replaceAll(/\s+/g, ' ')
  } finally {
    await load?.stop()
    server.wipe()
    remove()
  }
  if (faults.length > 0)
    throw new GoalMissed(
      `Experiment ${number}, which nothing disturbed, misses a goal by itself: ${faults.join('; ')}`,
    )
  return { ...disturbed, unused: waiting, acknowledged: ledger.counts() }
}

/** Nothing can be compared with an undisturbed experiment that is not sound itself. */
class GoalMissed extends Error {
  override name = 'GoalMissed'
}

const phases: readonly Phase[] = ['training', 'look', 'latency']

type Judge = () => Promise<Pick<EventRow, 'lost' | 'doubled' | 'backward'> & { back: string[] }>

async function settle(
  room: Room,
  row: EventRow,
  { orphans, goneMs, note }: EventResult,
  judge: Judge,
): Promise<void> {
  row.recoveredMs = Math.round(await untilRecovered(room))
  const { back, ...worse } = await judge()
  Object.assign(row, { orphans, goneMs, ...worse })
  row.note = [note, ...back.slice(0, 3).map((one) => `backward: ${one}`)]
    .filter((text) => text !== '')
    .join('; ')
}

/** Waits for a random moment in which trainings are under way; false when they are over. */
async function reaches(room: Room, phase: Phase): Promise<boolean> {
  if (phase !== 'training') return true
  await wait(100 + room.random.nextInt(1_500))
  return await until('a training', () => {
    const { decided, training, status } = readStanding(room.server.home, room.experimentId)
    if (decided || status !== 'running') return false
    return training > 0 ? true : null
  })
}

/** What got worse since it was asked last. */
function createJudge(room: Room, ledger: Ledger): Judge {
  const before = { lost: 0, doubled: 0, backward: 0 }
  return async () => {
    const backward = await room.load.backward()
    const now = withDatabase(room.server.home, (db) => ({
      lost: ledger.lost(db).length,
      doubled: doubledPoints(db).length,
      backward: backward.length,
    }))
    const worse = {
      lost: Math.max(0, now.lost - before.lost),
      doubled: Math.max(0, now.doubled - before.doubled),
      backward: now.backward - before.backward,
      back: backward.slice(before.backward),
    }
    Object.assign(before, now)
    return worse
  }
}

interface End {
  /** What got worse after the last event had been judged. */
  worse: Pick<EventRow, 'lost' | 'doubled' | 'backward'>
  /** Times that went backward at any time. */
  back: string[]
  unread: string[]
  left: string[]
  expected: Table | null
  table: Table
}

/** What an experiment that nothing disturbed has lost, doubled or left, each as text; it has no event to put it down to. */
export function faultsOf({ worse, back, unread, left }: Omit<End, 'expected' | 'table'>): string[] {
  return [
    ...((worse.lost ?? 0) > 0 ? [`lost: ${worse.lost}`] : []),
    ...((worse.doubled ?? 0) > 0 ? [`doubled: ${worse.doubled}`] : []),
    ...back.map((one) => `backward: ${one}`),
    ...unread.map((one) => `not read: ${one}`),
    ...left,
  ]
}

/** What shows at the end alone is put down to the last event. */
function conclude(rows: EventRow[], { worse, back, unread, left, expected, table }: End): void {
  const tried = rows.filter(({ lost }) => lost !== null)
  const missed = expected === null ? [] : differences(expected, table)
  for (const row of tried) row.sameTable = missed.length === 0
  const last = tried.at(-1)
  if (last === undefined) return
  last.lost = (last.lost ?? 0) + (worse.lost ?? 0) + unread.length
  last.doubled = (last.doubled ?? 0) + (worse.doubled ?? 0)
  last.backward = (last.backward ?? 0) + (worse.backward ?? 0)
  last.orphans = (last.orphans ?? 0) + left.length
  const remarks = [
    last.note,
    ...left.slice(0, 3),
    ...back.slice(0, 3).map((one) => `backward: ${one}`),
    ...unread.slice(0, 3).map((one) => `not read: ${one}`),
    ...missed.slice(0, 3).map((one) => `differs: ${one}`),
  ]
  last.note = remarks.filter((text) => text !== '').join('; ')
}

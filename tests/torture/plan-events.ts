import { createRandom, type Random } from '../../core/random/create-random.ts'
import { fillDisk, fillDiskAndKill, lockDatabase, setClock, setClockAndRestart } from './faults.ts'
import {
  duringLatency,
  killParents,
  killServer,
  killServerAtAdoption,
  killServerAtLook,
  killServerTwice,
  killSupervisor,
  killSupervisorOfHangingServer,
  killTrainer,
  type EventResult,
} from './kills.ts'
import type { LaunchMoment } from './launch-disturbed.ts'
import type { Room } from './room.ts'

/** When an event comes: with the launch, while trainings run, after the first look, or while latency is measured. */
export type Phase = 'launch' | 'training' | 'look' | 'latency'

export interface PlannedEvent {
  kind: string
  phase: Phase
  /** Counts among the kills that were asked for. */
  kill?: true
  /** The state folder has to be a small disk. */
  small?: true
  /** Of those with the launch: when the server is killed. */
  launch?: (random: Random) => LaunchMoment
  /** Of all others: what is done. */
  run: ((room: Room) => Promise<EventResult>) | null
}

const everyday: readonly PlannedEvent[] = [
  { kind: 'trainer killed', phase: 'training', run: killTrainer },
  { kind: 'supervisor killed', phase: 'training', run: killSupervisor },
  { kind: 'server killed', phase: 'training', run: killServer },
]

/** Kills at the moments that are suspected of hurting most. */
const suspected: readonly PlannedEvent[] = [
  {
    kind: 'server killed during the launch',
    phase: 'launch',
    launch: (random) => ({ afterMs: random.nextInt(1_000) }),
    run: null,
  },
  { kind: 'server killed as the launch is stored', phase: 'launch', launch: () => 'stored', run: null },
  { kind: 'server killed as a file is taken over', phase: 'training', run: killServerAtAdoption },
  { kind: 'server killed at the end of a look', phase: 'look', run: killServerAtLook },
  { kind: 'server killed twice within a second', phase: 'training', run: killServerTwice },
  { kind: 'supervisor killed, server hangs', phase: 'training', run: killSupervisorOfHangingServer },
  { kind: 'trainer killed in the latency job', phase: 'latency', run: duringLatency(killTrainer) },
  { kind: 'supervisor killed in the latency job', phase: 'latency', run: duringLatency(killSupervisor) },
  { kind: 'server killed in the latency job', phase: 'latency', run: duringLatency(killServer) },
]

/** What is no kill: each once. */
const others: readonly PlannedEvent[] = [
  { kind: 'parent of the server killed', phase: 'training', run: killParents },
  { kind: 'database locked for 2 s', phase: 'training', run: lockDatabase('BEGIN IMMEDIATE', 2_000) },
  { kind: 'database locked for 12 s', phase: 'training', run: lockDatabase('BEGIN EXCLUSIVE', 12_000) },
  { kind: 'clock of the server 3 days forward', phase: 'training', run: setClock('server', [72]) },
  {
    kind: 'clock of the server 3 days forward, then back',
    phase: 'training',
    run: setClock('server', [72, 0]),
  },
  {
    kind: 'clock of both 3 days forward, restart, back, restart',
    phase: 'training',
    run: setClockAndRestart(72),
  },
  { kind: 'clock of the supervisor 6 h forward', phase: 'training', run: setClock('supervisor', [6]) },
  { kind: 'clock of the supervisor 1 h back', phase: 'training', run: setClock('supervisor', [-1]) },
  { kind: 'disk full', phase: 'training', small: true, run: fillDisk },
  { kind: 'disk full, server killed', phase: 'training', small: true, run: fillDiskAndKill },
]

const smallestFull = 20

/** `kills` kills, the suspected moments first where there are enough, then everyday ones; and the other faults. */
export function planEvents(kills: number, seed: number): PlannedEvent[] {
  const random = createRandom(`torture ${seed}`)
  const special = kills >= smallestFull ? suspected : []
  const rest = Array.from({ length: kills - special.length }, () => pick(random, everyday))
  const short = [
    'parent of the server killed',
    'database locked for 2 s',
    'clock of the server 3 days forward',
  ]
  const faults = kills >= smallestFull ? others : others.filter(({ kind }) => short.includes(kind))
  const killing = [...special, ...rest].map((event) => ({ ...event, kill: true as const }))
  return shuffled(random, [...killing, ...faults])
}

function shuffled(random: Random, events: readonly PlannedEvent[]): PlannedEvent[] {
  const order = random.shuffle(Int32Array.from(events.keys()))
  return [...order].flatMap((at) => events[at] ?? [])
}

function pick(random: Random, events: readonly PlannedEvent[]): PlannedEvent {
  const found = events[random.nextInt(events.length)]
  if (found === undefined) throw new Error('There is nothing to choose from.')
  return found
}

/** Takes out of `waiting` what one experiment is to suffer: at most `most` while it trains, one of each other phase. */
export function takeForExperiment(waiting: PlannedEvent[], most: number): PlannedEvent[] {
  const taken: PlannedEvent[] = []
  const small = waiting[0]?.small
  for (const event of waiting.slice()) {
    const ofPhase = taken.filter(({ phase }) => phase === event.phase).length
    if (ofPhase >= (event.phase === 'training' ? most : 1)) continue
    if (event.small === true && small !== true) continue
    taken.push(event)
    waiting.splice(waiting.indexOf(event), 1)
  }
  return taken
}

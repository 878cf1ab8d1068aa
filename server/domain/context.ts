import type { EngineChoice, EngineName, Protocol } from '../../core/contracts/protocol.ts'
import type { Logger } from 'pino'
import type { ProbeTimes } from '../../core/timing/probe.ts'
import type { Database } from '../../db/open-database.ts'
import type { ArtifactStore } from '../platform/artifact-store.ts'
import type { Clock } from '../platform/clock.ts'
import type { Ids } from '../platform/ids.ts'
import type { LiveBus } from '../platform/live-bus.ts'
import type { StateFolder } from '../platform/state-folder.ts'

/** What every verb of the domain gets. */
export interface Context {
  db: Database
  folder: StateFolder
  store: ArtifactStore
  bus: LiveBus
  clock: Clock
  ids: Ids
  log: Logger
  workers: WorkerPort
}

/** What the domain knows of the worker processes; server/api/worker-gateway stands behind it. */
export interface WorkerPort {
  /** What a choice of engine is on this machine; without one: STILLHOUSE_ENGINE. Rejects when that does not work here. */
  engine(choice?: EngineChoice): Promise<Protocol['engine']>
  /** Times the trainer's own steps on as many cores as trainings use; about a second. Rejects when the engine does not work. */
  timeSteps(engine: EngineName): Promise<ProbeTimes>
  /** Says that there may be work to claim or something to stop. */
  wake(): void
  state(): 'running' | 'starting' | 'stopped'
  /** The machine that trains, as its supervisor said. */
  machine(): { processor: string; node: string }
  /** Newest figures of the attempts under way. */
  slots(): ReadonlyMap<string, LiveSlot>
  /** When those figures were sent, ms since 1970. */
  heardAt(): number
  cores: number
}

export interface LiveSlot {
  step: number
  steps: number
  stepMs: number | null
  tensors: number
  residentBytes: number
  /** The first that was heard of its steps, at `heardAt` then: from there on its pace is its own, past its start. */
  since: { at: number; step: number }
}

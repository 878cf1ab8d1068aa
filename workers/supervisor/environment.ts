import os from 'node:os'
import { z } from 'zod'

/** What the supervisor reads from its environment. */
export const SupervisorEnvironment = z.object({
  /** Trainings side by side; one a core when not set. */
  STILLHOUSE_CORES: z.coerce.number().int().min(1).optional(),
  /** Another trainer program, for tests of what happens when one fails. */
  STILLHOUSE_TRAINER: z.string().min(1).optional(),
})
export type SupervisorEnvironment = z.infer<typeof SupervisorEnvironment>

export interface Machine {
  cores: number
  processor: string
  memoryBytes: number
}

/** The machine as `hello` describes it. */
export const describeMachine = (environment: SupervisorEnvironment): Machine => ({
  cores: environment.STILLHOUSE_CORES ?? os.availableParallelism(),
  processor: os.cpus()[0]?.model.trim() || os.arch(),
  memoryBytes: os.totalmem(),
})

import { z } from 'zod'
import { NetworkSpec, TrainingSpec } from './network.ts'
import { DataName, type EngineName } from './protocol.ts'

/** Which engines there are; with a student also how long its steps take on each. */
export const EnginesQuestion = z.strictObject({
  student: z
    .strictObject({
      data: DataName,
      labelsPerSeed: z.int().min(1),
      network: NetworkSpec,
      training: TrainingSpec,
    })
    .nullable(),
})
export type EnginesQuestion = z.infer<typeof EnginesQuestion>

/** An engine that a draft can name. */
export interface EngineView {
  name: EngineName
  /** What a draft gets that names none (STILLHOUSE_ENGINE). */
  usual: boolean
  /** null where it cannot train on this machine; then `missing` says why and what to do. */
  version: string | null
  missing: string | null
  /** Of the student that was asked about; null where it was not measured here yet. */
  stepMs: number | null
}

import { z } from 'zod'
import { ArmId, Method } from './arm.ts'
import { NetworkSpec, TrainingSpec } from './network.ts'
import { EngineName, LabelsSpec, Sha256 } from './protocol.ts'

export const RunStatus = z.enum([
  'planned',
  'waiting',
  'queued',
  'running',
  'finished',
  'diverged',
  'failed',
  'cancelled',
  'blocked',
])
export type RunStatus = z.infer<typeof RunStatus>

export const endedStatuses = [
  'finished',
  'diverged',
  'failed',
  'cancelled',
  'blocked',
] as const satisfies readonly RunStatus[]

export const hasEnded = ({ status }: { status: RunStatus }): boolean =>
  endedStatuses.some((ended) => ended === status)

/** All that fixes the weights of one training. Equal specs give equal weights (portable engine: bit for bit). */
export const RunSpec = z.strictObject({
  schemaVersion: z.literal(1),
  /** `teacher`, or the arm's id. */
  armId: ArmId,
  /** null: the teacher, trained on all training labels with the plain cross-entropy. */
  method: Method.nullable(),
  seed: z.int(),
  network: NetworkSpec,
  training: TrainingSpec,
  data: z.strictObject({ hash: Sha256, classes: z.int().min(2), inputSize: z.int().min(1) }),
  /** null: all of the training set. */
  labels: LabelsSpec.nullable(),
  /** SHA-256 of the teacher's own RunSpec where the method needs a teacher. */
  teacherSpecHash: Sha256.nullable(),
  engine: z.strictObject({ name: EngineName, version: z.string() }),
})
export type RunSpec = z.infer<typeof RunSpec>

/** What `core/planning` plans for one run. */
export interface PlannedRun {
  armId: string
  role: 'teacher' | 'control' | 'regularisation' | 'distillation'
  seed: number
  spec: RunSpec
  /** Waits for the teacher's logits. */
  needsTeacher: boolean
}

import type { EngineName } from '../../../core/contracts/protocol.ts'
import type { Tf, TrainingOps } from './training-ops.ts'

export interface Engine {
  name: EngineName
  /** What stands in the protocol: library versions, and for the portable engine which kernels. */
  version: string
  tf: Tf
  ops: TrainingOps
}

import type { DataName, LabelsSpec, PrimaryMetric } from '../../../core/contracts/protocol.ts'
import type { TrainingSpec } from '../../../core/contracts/network.ts'

/** A network and its training as typed in; numbers stay text until the draft is made. */
export interface NetworkFields {
  /** Widths of the hidden layers, "800, 800". */
  hidden: string
  dropout: string
  steps: string
  batchSize: string
  learningRate: string
  schedule: TrainingSpec['schedule']
  optimizer: TrainingSpec['optimizer']['name']
  momentum: string
  weightDecay: string
}

export interface SoftFields {
  temperature: string
  hardLabelWeight: string
  softTargetWeight: string
}

/** Arms of soft targets that a form holds. */
export const SOFT_ARMS = 30

/** The two arms on unlabelled examples share their settings: only then does the pair show whether softness matters. */
export interface UnlabelledFields extends SoftFields {
  unlabelledShare: string
  softTargets: boolean
  hardLabels: boolean
}

export type PresetId = 'digits' | 'mnist' | 'mnist-large'

export interface FormState {
  /** The ready settings that the form started from. */
  from: PresetId
  /** null: the question that follows from the choice. */
  question: string | null
  data: DataName
  /** A number, or "all". */
  labels: string
  subset: LabelsSpec['subset']
  teacher: NetworkFields
  student: NetworkFields
  soft: SoftFields[]
  unlabelled: UnlabelledFields
  seeds: string
  primaryMetric: PrimaryMetric
  /** Points for accuracy, nat for NLL. */
  margin: string
}

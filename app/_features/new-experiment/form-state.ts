import type {
  DataName,
  EngineName,
  LabelsSpec,
  PrimaryMetric,
  SecondaryMargins,
} from '../../../core/contracts/protocol.ts'
import type { Method } from '../../../core/contracts/arm.ts'
import type { EarlyStop } from '../../../core/contracts/network.ts'

/** A network and its training as typed in; numbers stay text until the draft is made. */
export interface NetworkFields {
  /** Widths of the hidden layers, "800, 800". */
  hidden: string
  dropout: string
  steps: string
  batchSize: string
  learningRate: string
  schedule: 'constant' | 'cosine' | 'step'
  /** Steps after which a step schedule lowers the rate, "4000, 6000". */
  milestones: string
  factor: string
  /** Empty: none. */
  warmUpSteps: string
  /** `nesterov` is SGD with Nesterov's momentum. */
  optimizer: 'adam' | 'sgd' | 'nesterov'
  momentum: string
  /** Of Adam. */
  beta1: string
  beta2: string
  epsilon: string
  weightDecay: string
  /** Norm that the gradient is scaled down to; empty: off. */
  clipNorm: string
  /** What is measured on validation to stop early. */
  earlyStop: 'off' | EarlyStop['metric']
  everySteps: string
  patience: string
}

export interface SoftFields {
  temperature: string
  hardLabelWeight: string
  softTargetWeight: string
}

/** Arms that a draft holds beside the control and the usual label smoothing. */
export const MOST_ARMS = 40
/** Arms of soft targets that can be added by hand: the pair on unlabelled examples and label smoothing have room beside them. */
export const SOFT_ARMS = MOST_ARMS - 3

/** The two arms on unlabelled examples share their settings: only then does the pair show whether softness matters. */
export interface UnlabelledFields extends SoftFields {
  unlabelledShare: string
  softTargets: boolean
  hardLabels: boolean
}

/** What happens after the first look: nothing, seeds on request, or looks until every arm is decided. */
export type After = 'one-look' | 'extension' | 'until-decided'

export const marginKeys = [
  'accuracy',
  'nll',
  'brier',
  'gap',
  'latency',
  'teacher',
] as const satisfies readonly (keyof SecondaryMargins)[]

/** Margins of the secondary questions in the units of the page: points, nat, percent; empty for the usual one. */
export type MarginFields = Record<(typeof marginKeys)[number], string>

export type PresetId = 'digits' | 'letter' | 'mnist' | 'mnist-large'

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
  /** Smoothing of each label smoothing arm, "0.1" or "0.1 0.2". */
  smoothing: string
  /** Arms taken over from an experiment for which there are no fields: unlike settings on unlabelled examples. */
  others: Method[]
  /** Seeds of each arm; not used until decided, where the looks say all. */
  seeds: string
  after: After
  /** Extension: seeds of the further looks, empty for twice the first. Until decided: all looks, "3, 5, 10". */
  looks: string
  firstSeed: string
  teacherSeed: string
  /** null: what this server starts with. */
  engine: EngineName | null
  /** Two-sided error of the primary question. */
  alpha: string
  primaryMetric: PrimaryMetric
  /** Points for accuracy, nat for NLL. */
  margin: string
  margins: MarginFields
  /** Assumed spread between seeds in points or nat; empty: from earlier experiments. Never part of the protocol. */
  spread: string
}

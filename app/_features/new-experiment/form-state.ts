import type {
  DataName,
  EngineName,
  LabelsSpec,
  PrimaryMetric,
  SecondaryMargins,
} from '../../../core/contracts/protocol.ts'
import type { Method } from '../../../core/contracts/arm.ts'
import type { EarlyStop } from '../../../core/contracts/network.ts'
import type { readyPlans } from '../../../core/planning/ready-plans.ts'
import type { MethodFields } from './arms/method-fields.ts'

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

export type PresetId = keyof typeof readyPlans

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
  methods: MethodFields
  /** Arms taken over from an experiment for which there are no fields: unlike settings in a group that shares them. */
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

import type { PlanPower } from '../statistics/planning/plan-power.ts'
import type { Protocol } from './protocol.ts'
import type { TimeEstimate } from './time-estimate.ts'
import type { ArmView } from './views.ts'

/** Where expected times come from. */
export interface EstimateBasis {
  /** What such machines take, a probe of this one, or jobs that ran on it. */
  kind: 'typical' | 'probe' | 'runs'
  /** Jobs that ended here and count. */
  measured: number
  /** What other experiments in the queue still take. */
  aheadMs: number
}

/** What the New page shows of a draft before it is launched. */
export interface PlanPreview {
  /** null when the draft cannot be launched; then `problems` says why. */
  protocol: Protocol | null
  problems: { path: string; message: string }[]
  /** Allowed, but worth knowing before launch. */
  notes: string[]
  /** To be trained: without a teacher that is used again. */
  runs: number
  comparisons: number
  /** From the launch to the end of its latency job, with what stands ahead of it in the queue; null without a plan. */
  time: TimeEstimate | null
  /** All looks together, where there is more than one: `runs` and `time` are those of the first. */
  allLooks: { runs: number; time: TimeEstimate } | null
  timeBasis: EstimateBasis | null
  /** What the plan can detect; null where there is no plan, or too few seeds for a word. */
  power: PlannedPower | null
  /** Why there is none; set exactly when `power` is null. */
  powerReason: string | null
  arms: ArmView[]
  teacher: { label: string; parameters: number; macs: number } | null
  student: { label: string; parameters: number; macs: number } | null
}

/** What a plan can detect at its last look, in units of the primary metric (accuracy: fractions). */
export interface PlannedPower extends PlanPower {
  /** Where the spread between seeds is from: "from 3 earlier experiments on this data, range 0.35 to 0.80". */
  basis: string
  /** Neither earlier experiments nor the person gave the spread. */
  guess: boolean
  seedSd: number
  seedSdLow: number
  seedSdHigh: number
  exampleVariance: number
  /** Seeds of each arm at the last look. */
  seeds: number
  /** Two-sided error of one comparison there: the look's share of alpha, divided by the comparisons. */
  level: number
  /** The share of alpha itself. */
  alpha: number
  examples: number
  margin: number
  /** By seeds of the last look, the plan's own among them; runs and time of all looks. */
  whatIf: { seeds: number; runs: number; time: TimeEstimate; detectable: number }[]
}

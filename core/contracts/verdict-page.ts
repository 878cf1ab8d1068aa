import type { PrimaryMetric } from './protocol.ts'
import type { Continuation } from './protocol.ts'
import type { CalibrationComparison } from './verdict.ts'
import type { SaidComparison, SaidTeacher } from '../wording/say-comparison.ts'
import type { Interval } from '../mathematics/interval.ts'
import type { ArmFigures } from './views.ts'

/** What the Verdict page shows. Fractions (not percent), nats, milliseconds, bytes. */

export type SpeedWord = 'faster' | 'slower' | 'no practical difference' | 'inconclusive'

/** The student's latency against its teacher's, over blocks of fresh processes. */
export interface SpeedComparison {
  quantile: 'p50' | 'p90'
  /** Teacher's time over the student's: 2 is twice as fast. */
  ratio: number
  interval: Interval | null
  word: SpeedWord | null
  reason: string | null
  blocks: number
  sentence: string
}

/** A question beside the primary one, with a family of its own. */
export interface SideQuestion<Comparison> {
  /** The answer in plain English. */
  sentence: string
  /** Its own M. */
  corrected: number
  margin: number
  /** Empty where what all are compared with cannot be read. */
  comparisons: Comparison[]
}

/** One thing to do next, with what it costs. */
export interface NextStep {
  title: string
  text: string
  action:
    | { kind: 'extend' }
    /** A new experiment with the settings of this one but for these. */
    | {
        kind: 'plan'
        seeds: number
        firstSeed: number
        /** Spread between seeds to plan with, in the metric's own units; null: that of earlier experiments. */
        spread: number | null
      }
    | { kind: 'fewer-labels'; labelsPerSeed: number }
    | null
}

export interface LookView {
  seeds: number
  alpha: number
  /** `cut short`: the experiment was cancelled before all its seeds had ended. */
  state: 'taken' | 'under way' | 'planned' | 'not needed' | 'not taken' | 'cut short'
}

/** Arms that can get no word any more, whatever their open runs bring. */
export interface Outlook {
  /** Their ids. */
  arms: string[]
  /** No arm that goes on can get one. */
  all: boolean
  /** Open runs that can give no word any more. */
  runs: number
}

export interface VerdictPage {
  state: 'waiting' | 'provisional' | 'decided' | 'stopped'
  headline: string
  text: string
  scope: string
  /** The primary question. */
  comparisons: SaidComparison[]
  /** The other metrics against the control, each a family of its own. */
  secondary: SaidComparison[]
  calibration: CalibrationComparison[]
  /** "Is it the teacher?"; null where no distillation arm or no regularisation control is there. */
  smoothing: SideQuestion<SaidComparison> | null
  /** "As good as the teacher?"; null while the teacher has no result. */
  teacher: SideQuestion<SaidTeacher> | null
  speed: SpeedComparison[]
  looks: LookView[]
  continuation: Continuation
  /** The next look can be asked for now. */
  extension: { look: number; seeds: number; runs: number; estimateMs: number | null; arms: string[] } | null
  next: NextStep[]
  /** null: every arm that has no word may still get one, or all has ended. */
  outlook: Outlook | null
  /** Teacher's accuracy minus the control's mean, on the axis of the forest; null before both exist. */
  teacherDifference: number | null
  metric: PrimaryMetric
  margin: number
  alpha: number
  /** M: comparisons that the protocol corrects for. */
  corrected: number
  paired: boolean
  /** Seeds an arm of the last look that has been launched. */
  plannedSeeds: number
  seedsIn: number
  examples: number
  figures: ArmFigures[]
  markdown: string
}

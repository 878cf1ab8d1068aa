import type { CalibrationComparison } from './verdict.ts'
import type { SaidComparison } from '../wording/say-comparison.ts'
import type { Interval } from '../mathematics/interval.ts'
import type { SpeedComparison, VerdictPage } from './verdict-page.ts'
import type { ArmFigures, ArmView, Estimate } from './views.ts'

/** What the Claims page shows: the evidence of one arm for what is usually said about distillation. */

/** A comparison with the margin of its family; null: the protocol planned none, so there is no band and no word. */
export interface ClaimComparison {
  comparison: SaidComparison
  margin: number | null
}

/** What training took; multiply-accumulates are counted, times measured. */
export interface TrainingCost {
  /** Of one run. */
  macs: number
  /** Of one run, mean over the finished ones that were trained here; null before there is one. */
  trainedMs: Estimate | null
}

export interface ClaimCost {
  arm: TrainingCost
  control: TrainingCost
  /** Time of the arm's run over that of the control's run with the same seed, geometric mean over seeds. */
  ratio: { mean: number; interval: Interval | null; seeds: number } | null
  /** null: the arm needs no teacher. */
  teacher: {
    /** Training, and its outputs for the training set. */
    macs: number
    trainedMs: number | null
    /** Trained in an earlier experiment. */
    reused: boolean
    /** Runs of this experiment that learn from it. */
    students: number
  } | null
}

/** Accuracy on the test examples of one class, as fractions; every interval alone, exploratory. */
export interface ClassDifference {
  label: number
  /** Left out: classes are numbers. */
  name?: string
  examples: number
  arm: number
  control: number
  /** Arm minus control. */
  estimate: number
  /** At the protocol's alpha, uncorrected; null where nothing tells how chance would move it. */
  interval: Interval | null
  /**
   * Adjusted over the classes with enough test examples (Holm); null where a class has too few, or no interval, or the
   * primary question of the arm no word.
   */
  holmP: number | null
  /** What is shown at the protocol's alpha after that. */
  shown: 'loss' | 'gain' | null
}

/** Answers on the test examples where the teacher is right, and where it is wrong; fractions, over runs. */
export interface TeacherSplit {
  right: { examples: number; correct: Estimate | null }
  wrong: {
    examples: number
    correct: Estimate | null
    /** The very answer of the teacher. */
    repeated: Estimate | null
  }
}

/** The gain in accuracy at one number of labels. */
export interface LabelPoint {
  labels: number
  estimate: number
  /** For this comparison alone. */
  interval: Interval | null
  seeds: number
  /** null: this experiment. */
  experiment: { id: string; question: string } | null
}

export interface ClaimsPage {
  state: VerdictPage['state']
  plannedSeeds: number
  seedsIn: number
  paired: boolean
  alpha: number
  examples: number
  /** Arms that can be chosen, in the order of the protocol, distillation arms first. */
  choices: ArmView[]
  /** The chosen one. */
  arm: ArmView
  control: ArmView
  accuracy: ClaimComparison | null
  nll: ClaimComparison | null
  brier: ClaimComparison | null
  gap: ClaimComparison | null
  calibration: CalibrationComparison | null
  /** Median latency against the teacher. */
  speed: SpeedComparison | null
  /** Where the teacher's accuracy stands, as a difference from the control's mean. */
  teacherDifference: number | null
  figures: { teacher: ArmFigures; control: ArmFigures; arm: ArmFigures }
  /** Arm minus control over the seeds that both finished, on the test set. */
  fidelity: { agreement: Estimate | null; kl: Estimate | null }
  cost: ClaimCost
  classes: ClassDifference[] | null
  byTeacher: { arm: TeacherSplit; control: TeacherSplit } | null
  labels: {
    used: number
    /** Training examples that could have had a label. */
    all: number
    /** Rising number of labels; with this experiment once it has an estimate. */
    points: LabelPoint[]
    /** What would test the claim; null where there are no fewer labels to try. */
    plan: { labelsPerSeed: number; runs: number; estimateMs: number | null } | null
  }
}

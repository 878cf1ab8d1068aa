import type { Cancelling } from './cancelling.ts'
import type { ArmRole, MethodName } from './arm.ts'
import type { DataSpec, Protocol } from './protocol.ts'
import type { RunSpec, RunStatus } from './run.ts'
import type { TimeEstimate } from './time-estimate.ts'
import type { VerdictWord } from './verdict.ts'
import type { Verification } from './verification.ts'

/** What the API answers and the pages show. Fractions (not percent), nats, milliseconds, bytes; times in ms since 1970. */

export type ExperimentStatus = 'running' | 'finished' | 'cancelled' | 'failed'

export interface ArmView {
  id: string
  role: ArmRole
  method: MethodName | 'teacher'
  /** "Soft targets" */
  label: string
  /** The same for charts with little room, ever shorter: "Soft". */
  shorter: readonly string[]
  /** "Hinton 2015 · T 4, weight 0.9" */
  detail: string
  /** Palette and marker, 1 to 8, of arms that are neither teacher nor control; null for those two. */
  slot: number | null
}

export interface RunCell {
  runId: string
  seed: number
  status: RunStatus
  /** 0 to 1 while running, else null. */
  progress: number | null
}

export interface ExperimentSummary {
  id: string
  question: string
  demonstration: boolean
  data: string
  teacher: string
  student: string
  status: ExperimentStatus
  launchedAt: number
  endedAt: number | null
  /** Why no more than the lines above can be told of it; then the figures below mean nothing. Else null. */
  unreadable: string | null
  seedsPerArm: number
  primaryMetric: Protocol['primaryMetric']
  /** In the metric's own units (accuracy: a fraction). */
  margin: number
  /** Planned seeds for which every arm has ended. */
  seedsIn: number
  /** It runs, and no arm that goes on can get a word any more. */
  wordless: boolean
  comparisons: number
  runsTotal: number
  runsEnded: number
  runsDiverged: number
  runsFailed: number
  /** To the end of its last job, latency too; null once it has ended. */
  left: TimeEstimate | null
  /** Decided words with the labels of their arms, in the order of the words' first arm. Empty before the verdict. */
  words: { word: VerdictWord; arms: string[] }[]
  /** Why no arm, or some arms, have no word. */
  noWord: string | null
  /** Mean validation accuracy over seeds by epoch for one distilled arm and the control, and the teacher's last. */
  spark: { arm: number[]; control: number[]; teacher: number | null } | null
}

/** A stored file that is not as it was stored. */
export interface FileFault {
  name: string
  /** Where it lies, relative to the state folder. */
  path: string
  state: 'damaged' | 'gone' | 'unreadable'
  /** What is wrong with which file, and what to do. */
  text: string
}

export interface ExperimentPage {
  id: string
  question: string
  demonstration: boolean
  status: ExperimentStatus
  launchedAt: number
  endedAt: number | null
  protocol: Protocol
  protocolHash: string
  dataLabel: string
  teacher: { label: string; parameters: number; macs: number; sizeBytes: number | null }
  student: { label: string; parameters: number; macs: number; sizeBytes: number | null }
  arms: ArmView[]
  /** Those of the looks that were launched, of the control; an arm may have gone on to fewer. */
  seeds: number[]
  /** One entry an arm, the teacher first, cells in the order of the seeds. */
  progress: { armId: string; cells: RunCell[] }[]
  runsTotal: number
  runsEnded: number
  /** To the end of its last job, latency too; null once it has ended. */
  left: TimeEstimate | null
  /** After the trainings: fidelity of early runs, then latency while nothing trains. */
  after: {
    kind: 'fidelity' | 'profile'
    state: 'planned' | 'running' | 'done' | 'failed' | 'cancelled'
    reason: string | null
  }[]
  /** Finished runs that were trained once more, by what the newest check of each found. */
  verified: { identical: number; differing: number }
  /** The teacher was trained in an earlier experiment with the same spec. */
  teacherReusedFrom: { experimentId: string; runId: string } | null
  /** e.g. "The student is larger than its teacher." */
  notes: string[]
  /** What takes words: the data set, or test predictions of a run (`runId`), that cannot be read as they were stored. */
  damaged: { runId: string | null; label: string; fault: FileFault }[]
}

export interface Estimate {
  mean: number
  /** Half of the 95 % interval over seeds; null with fewer than 2 values, and for the teacher. */
  half: number | null
  n: number
}

/** Figures are geometric means over blocks; a block is a process of its own with its own quantiles. */
export interface Latency {
  p50Ms: number
  p90Ms: number
  /** 95 % interval of the geometric mean of the blocks' medians. */
  p50Interval: [number, number]
  throughput: number
  blocks: number
  /** Arms with the same graph share this figure. */
  sharedWith: string[]
}

export interface ArmFigures {
  armId: string
  parameters: number
  /** null until a run has finished and its files were weighed. */
  sizeBytes: number | null
  macs: number
  steps: number | null
  epochs: number | null
  finished: number
  diverged: number
  /** By name, e.g. `test/accuracy`; a diverged run counts as the even guess for accuracy, NLL and Brier. */
  metrics: Record<string, Estimate>
  latency: Latency | null
}

export interface CurvesPage {
  /** e.g. `validation/accuracy`, `train/loss`. */
  keys: string[]
  key: string
  arms: {
    armId: string
    stepsPerEpoch: number
    steps: number
    seeds: { seed: number; runId: string; points: [step: number, value: number][] }[]
  }[]
}

export interface RunRow {
  runId: string
  armId: string
  seed: number
  status: RunStatus
  reason: string | null
  progress: number | null
  attempts: number
  /** Planned, or done once it has ended; null where it ended before its first. */
  steps: number | null
  epochs: number | null
  durationMs: number | null
  weightsSha256: string | null
  /** Evaluation figures; a diverged run shows the even guess. */
  metrics: Record<string, number>
  /** Difference of the primary metric from the control of the same seed (improvement). */
  difference: number | null
  /** Its test predictions cannot be read as they were stored; null where they can. */
  damaged: FileFault['state'] | null
}

export interface RunPage {
  runId: string
  experiment: { id: string; question: string }
  arm: ArmView
  seed: number
  status: RunStatus
  reason: string | null
  spec: RunSpec
  specHash: string
  /** The loss with this arm's numbers, as text. */
  loss: string
  step: number
  steps: number
  stepsPerEpoch: number
  /** As trained: never more than the labelled examples of the seed, the first `labelled` of its `size` have labels. */
  batch: { size: number; labelled: number }
  stepMs: number | null
  /** To its end, its last evaluation too; null where it does not run. */
  left: TimeEstimate | null
  createdAt: number
  startedAt: number | null
  endedAt: number | null
  /** Over its attempts, once it has ended; null for one that shares an earlier result. */
  trainedMs: number | null
  engine: string
  weightsSha256: string | null
  parameters: number
  figures: Record<string, number>
  attempts: {
    number: number
    state: string
    startedAt: number
    endedAt: number | null
    reason: string | null
    resumedFromStep: number | null
  }[]
  artifacts: { name: string; sizeBytes: number; sha256: string; href: string; fault: FileFault | null }[]
  /** It has a result, whose files are being mended by another training. */
  trainedAgain: boolean
  /** Checks of its weights and test logits by training anew, the newest first. */
  verifications: Verification[]
  log: { at: number; level: 'info' | 'warn' | 'error'; text: string }[]
  logLines: number
  lineage: {
    teacher: { runId: string; label: string; status: RunStatus } | null
    control: { runId: string; status: RunStatus } | null
    reusedFrom: string | null
  }
  curves: Record<string, [step: number, value: number][]>
  /** What clients logged beside the training: `keys` metrics, of which the first by name are given. */
  logged: {
    keys: number
    series: {
      key: string
      /** Steps with a value; `points` holds all of them, or fewer that keep the shape. */
      steps: number
      points: [step: number, value: number][]
    }[]
  }
  /** Finished seeds of the same arm, for the grey context lines. */
  siblings: Record<string, [step: number, value: number][][]>
  residentBytes: number | null
  tensors: number | null
  /** null: it has ended. */
  cancelling: Cancelling | null
}

export interface WorkersPage {
  machine: {
    processor: string
    cores: number
    memoryBytes: number
    node: string
    engine: string
    supervisor: 'running' | 'starting' | 'stopped'
  }
  /** One a core. */
  slots: {
    index: number
    current: null | {
      attemptId: string
      kind: 'train' | 'fidelity' | 'profile'
      runId: string | null
      experimentId: string
      label: string
      startedAt: number
      step: number
      steps: number
      stepMs: number | null
      residentBytes: number | null
      left: TimeEstimate | null
    }
  }[]
  /** Ended attempts of the last 15 minutes. */
  past: {
    slot: number | null
    kind: 'train' | 'fidelity' | 'profile'
    runId: string | null
    label: string
    startedAt: number
    endedAt: number
    state: string
  }[]
  waiting: {
    jobId: string
    kind: 'train' | 'fidelity' | 'profile'
    runId: string | null
    experimentId: string
    question: string
    label: string
    waitsFor: string
    /** A free core is all it waits for. */
    ready: boolean
    /** From its own start; null where it waits for a person, and `planned` is never. */
    takes: TimeEstimate | null
    /** When it begins and ends, ms from now, and on which core (from 0; null: on all). */
    planned: { core: number | null; startMs: number; endMs: number }
  }[]
  waitingTotal: number
  /** To the end of all that runs and waits; null where there is nothing. */
  left: TimeEstimate | null
  recent: {
    runId: string
    label: string
    status: RunStatus
    endedAt: number
    durationMs: number | null
    accuracy: number | null
    reason: string | null
  }[]
}

export interface DatasetView {
  name: string
  label: string
  classes: number
  train: number
  validation: number
  test: number
  inputSize: number
  shape: string
  testCopiesRemoved: number
  groups?: DataSpec['groups']
  licence: string
  source: string
}

/**
 * The browsers' one subscription, in frames of several. A `resync` says: what you hold may be stale, fetch again;
 * `many-points`: of this run came more points than are worth sending, fetch its curves again.
 */
export type LiveEvent =
  | { type: 'resync' }
  | {
      type: 'metrics'
      experimentId: string
      runId: string
      armId: string
      seed: number
      points: { key: string; step: number; value: number }[]
    }
  | {
      type: 'log'
      experimentId: string
      runId: string
      at: number
      level: 'info' | 'warn' | 'error'
      text: string
    }
  | { type: 'many-points'; experimentId: string; runId: string }
  | { type: 'run'; experimentId: string; runId: string }
  | { type: 'progress'; experimentId: string; runId: string; step: number; steps: number }
  | { type: 'experiment'; experimentId: string }
  | { type: 'workers' }

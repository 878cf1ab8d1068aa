import type { ClaimComparison, ClaimsPage } from '../../core/contracts/claims.ts'
import type { ComparisonMetric } from '../../core/contracts/verdict.ts'
import type { SaidComparison } from '../../core/wording/say-comparison.ts'
import type { ArmFigures, Estimate } from '../../core/contracts/views.ts'

const estimates = { accuracy: 0.0184, nll: 0.05, brier: 0.018, gap: 0.012 } as const
const margins = { accuracy: 0.01, nll: 0.02, brier: 0.01, gap: 0.01 } as const

/** A decided comparison of soft targets with the control; its interval reaches a third to either side. */
export function compared(metric: ComparisonMetric, changes: Partial<SaidComparison> = {}): ClaimComparison {
  const estimate = changes.estimate === undefined ? estimates[metric] : (changes.estimate ?? 0)
  const around = (part: number): [number, number] => [
    estimate - Math.abs(estimate) * part,
    estimate + Math.abs(estimate) * part,
  ]
  return {
    margin: margins[metric],
    comparison: {
      arm: 'soft',
      against: 'scratch',
      family: metric === 'accuracy' ? 'primary' : metric,
      metric,
      paired: true,
      estimate,
      seedVariance: 1e-6,
      exampleVariance: 1e-6,
      degreesOfFreedom: 7,
      exampleDegreesOfFreedom: 9999,
      individual: around(0.2),
      simultaneous: around(0.342),
      word: metric === 'gap' ? 'smaller' : 'helped',
      note: null,
      reason: null,
      sentence: '',
      margin: margins[metric] ?? 0.01,
      corrected: 4,
      groups: null,
      controlSeeds: 8,
      reading: { word: 'helped', detail: 'by-margin' },
      noWord: null,
      notes: [],
      seeds: 8,
      plannedSeeds: 8,
      examples: 10_000,
      provisional: false,
      look: { index: 0, of: 1, seeds: 8, alpha: 0.05 },
      open: false,
      undecidable: false,
      qualifier: metric === 'accuracy' ? 'by at least the 1-point margin' : '',
      perSeed: [],
      droppedSeeds: [],
      divergedSeeds: [],
      liveBand: null,
      liveFrom: 5,
      ...changes,
    },
  }
}

const over = (mean: number, half: number): Estimate => ({ mean, half, n: 8 })

export function figures(armId: string, changes: Partial<ArmFigures> = {}): ArmFigures {
  return {
    armId,
    parameters: 50_000,
    sizeBytes: 200_500,
    macs: 49_000,
    steps: 1250,
    epochs: 40,
    finished: 8,
    diverged: 0,
    metrics: {
      'test/accuracy': over(0.93, 0.002),
      'train/accuracy': over(0.96, 0.002),
      'test/ece': over(0.02, 0.002),
      'test/agreement': over(0.953, 0.003),
      'test/kl': over(0.12, 0.003),
      'train/agreement': over(0.97, 0.003),
    },
    latency: {
      p50Ms: 3.83,
      p90Ms: 4,
      p50Interval: [3.8, 3.86],
      throughput: 260,
      blocks: 10,
      sharedWith: [],
    },
    ...changes,
  }
}

/** A decided page on which most of the claims hold; class 1 loses. */
export function claimsPage(changes: Partial<ClaimsPage> = {}): ClaimsPage {
  const soft = {
    id: 'soft',
    role: 'distillation',
    method: 'soft-targets',
    label: 'Soft targets',
    shorter: [],
    detail: '',
    slot: 1,
  } as const
  const control = {
    id: 'scratch',
    role: 'control',
    method: 'scratch',
    label: 'Control',
    shorter: [],
    detail: '',
    slot: null,
  } as const
  const time = (ms: number): Estimate => over(ms, 1000)
  return {
    state: 'decided',
    plannedSeeds: 8,
    seedsIn: 8,
    paired: true,
    alpha: 0.05,
    examples: 10_000,
    choices: [soft],
    arm: soft,
    control,
    accuracy: compared('accuracy'),
    nll: compared('nll'),
    brier: compared('brier'),
    gap: compared('gap'),
    calibration: {
      arm: 'soft',
      estimate: 0.001,
      individual: [0.0004, 0.0016],
      simultaneous: [0.0002, 0.0018],
      withoutSeeds: [],
    },
    speed: {
      quantile: 'p50',
      ratio: 3.1,
      interval: [3.05, 3.15],
      word: 'faster',
      reason: null,
      blocks: 10,
      sentence: '',
    },
    teacherDifference: 0.026,
    figures: {
      teacher: figures('teacher', {
        parameters: 200_000,
        sizeBytes: 802_000,
        macs: 199_000,
        latency: {
          p50Ms: 11.9,
          p90Ms: 12,
          p50Interval: [11.8, 12],
          throughput: 84,
          blocks: 10,
          sharedWith: [],
        },
      }),
      control: figures('scratch'),
      arm: figures('soft'),
    },
    fidelity: { agreement: over(0.032, 0.004), kl: over(-0.1, 0.01) },
    cost: {
      arm: { macs: 3e9, trainedMs: time(174_000) },
      control: { macs: 3e9, trainedMs: time(156_000) },
      ratio: { mean: 1.12, interval: [1.08, 1.16], seeds: 8 },
      teacher: { macs: 6e10, trainedMs: 660_000, reused: false, students: 24 },
    },
    classes: [
      {
        label: 0,
        examples: 5000,
        arm: 0.95,
        control: 0.91,
        estimate: 0.04,
        interval: [0.03, 0.05],
        holmP: 1e-6,
        shown: 'gain',
      },
      {
        label: 1,
        examples: 5000,
        arm: 0.8,
        control: 0.817,
        estimate: -0.017,
        interval: [-0.032, -0.002],
        holmP: 0.03,
        shown: 'loss',
      },
    ],
    byTeacher: {
      arm: {
        right: { examples: 9500, correct: over(0.97, 0.001) },
        wrong: { examples: 500, correct: over(0.26, 0.01), repeated: over(0.5, 0.01) },
      },
      control: {
        right: { examples: 9500, correct: over(0.95, 0.001) },
        wrong: { examples: 500, correct: over(0.33, 0.01), repeated: over(0.3, 0.01) },
      },
    },
    labels: {
      used: 300,
      all: 800,
      points: [{ labels: 300, estimate: 0.0184, interval: [0.015, 0.022], seeds: 8, experiment: null }],
      plan: { labelsPerSeed: 80, runs: 32, estimateMs: 120_000 },
    },
    ...changes,
  }
}

/** A page on which no run has ended. */
export function emptyPage(): ClaimsPage {
  const none = { metrics: {}, latency: null, sizeBytes: null, steps: null, epochs: null, finished: 0 }
  const unknown = {
    estimate: null,
    individual: null,
    simultaneous: null,
    word: null,
    reason: 'no seed has a result',
    seeds: 0,
    provisional: true,
  } as const
  return claimsPage({
    seedsIn: 0,
    accuracy: compared('accuracy', unknown),
    nll: compared('nll', unknown),
    brier: null,
    gap: compared('gap', unknown),
    calibration: null,
    speed: null,
    teacherDifference: null,
    figures: {
      teacher: figures('teacher', { ...none, parameters: 200_000 }),
      control: figures('scratch', none),
      arm: figures('soft', none),
    },
    fidelity: { agreement: null, kl: null },
    cost: {
      arm: { macs: 3e9, trainedMs: null },
      control: { macs: 3e9, trainedMs: null },
      ratio: null,
      teacher: { macs: 6e10, trainedMs: null, reused: false, students: 24 },
    },
    classes: null,
    byTeacher: null,
    labels: { used: 300, all: 800, points: [], plan: { labelsPerSeed: 80, runs: 32, estimateMs: null } },
  })
}

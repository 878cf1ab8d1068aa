import type { VerdictPage } from '../../core/contracts/verdict-page.ts'
import type { SaidComparison, SaidTeacher } from '../../core/wording/say-comparison.ts'
import type { Planning } from '../../core/statistics/planning/planning.ts'
import type { ArmFigures, ArmView } from '../../core/contracts/views.ts'
import { oneLook } from './comparison.ts'

/** A decided comparison of accuracy, changed where a test needs it. */
export const comparisonOf = (over: Partial<SaidComparison> = {}): SaidComparison => ({
  arm: 'soft',
  against: 'scratch',
  family: 'primary',
  metric: 'accuracy',
  paired: true,
  estimate: 0.0184,
  seedVariance: 1e-6,
  exampleVariance: 1e-7,
  degreesOfFreedom: 7,
  exampleDegreesOfFreedom: 9999,
  individual: [0.014, 0.0228],
  simultaneous: [0.0121, 0.0247],
  word: 'helped',
  note: null,
  reason: null,
  sentence: '',
  margin: 0.01,
  corrected: 4,
  groups: null,
  controlSeeds: 8,
  reading: { word: 'helped', detail: 'by-margin' },
  noWord: over.word === null ? { why: 'too-few-seeds', seeds: 2 } : null,
  notes: [],
  seeds: 8,
  plannedSeeds: 8,
  examples: 10_000,
  provisional: false,
  // Without a word, its reason stands there.
  qualifier: over.reason ?? 'by at least the 1-point margin',
  perSeed: [
    { seed: 1, difference: 0.017 },
    { seed: 2, difference: 0.02 },
  ],
  droppedSeeds: [],
  divergedSeeds: [],
  ...oneLook,
  ...over,
})

export const teacherComparisonOf = (over: Partial<SaidTeacher> = {}): SaidTeacher => ({
  arm: 'soft',
  metric: 'accuracy',
  margin: 0.01,
  estimate: -0.008,
  individual: [-0.012, -0.004],
  simultaneous: [-0.0137, -0.0023],
  word: 'not shown',
  reading: { word: 'not shown', detail: 'loss-margin-open' },
  noWord: null,
  notes: [],
  corrected: 4,
  examples: 10_000,
  groups: null,
  reason: null,
  provisional: false,
  qualifier: 'to be within 1 point',
  note: null,
  sentence: '',
  seeds: 8,
  look: oneLook.look,
  perSeed: [],
  recovered: { estimate: 0.7, interval: [0.54, 0.87], none: null },
  ...over,
})

export const planningOf = (over: Partial<Planning> = {}): Planning => ({
  sd: 0.0078,
  sdUpper: 0.0106,
  needed: 14,
  neededUpper: 19,
  testSetFactor: null,
  powerAtMargin: 0.4,
  detectable: 0.014,
  budget: { seed: 6.8e-6, noise: 1.2e-6, testSet: 2e-6 },
  ...over,
})

const arm = (id: string, role: ArmView['role'], label: string, slot: number | null): ArmView => ({
  id,
  role,
  method: role === 'teacher' ? 'teacher' : 'scratch',
  label,
  shorter: [],
  detail: `detail of ${id}`,
  slot,
})

export const armsOfPage: ArmView[] = [
  arm('teacher', 'teacher', 'Teacher', null),
  arm('scratch', 'control', 'Control', null),
  arm('soft', 'distillation', 'Soft targets', 1),
  arm('hard', 'distillation', 'Hard labels', 2),
  arm('smoothing', 'regularisation', 'Label smoothing', 3),
]

export const figuresOf = (armId: string, metrics: Record<string, number>, finished = 8): ArmFigures => ({
  armId,
  parameters: 1000,
  sizeBytes: 4000,
  macs: 1000,
  steps: 100,
  epochs: 10,
  finished,
  diverged: 0,
  metrics: Object.fromEntries(
    Object.entries(metrics).map(([key, mean]) => [key, { mean, half: null, n: 8 }]),
  ),
  latency: null,
})

/** A decided page with one look and no question beside the primary one. */
export const pageOf = (over: Partial<VerdictPage> = {}): VerdictPage => ({
  state: 'decided',
  headline: '',
  text: '',
  scope: '',
  comparisons: [comparisonOf()],
  secondary: [],
  calibration: [],
  smoothing: null,
  teacher: null,
  speed: [],
  looks: [{ seeds: 8, alpha: 0.05, state: 'taken' }],
  continuation: 'none',
  extension: null,
  next: [],
  outlook: null,
  teacherDifference: null,
  metric: 'accuracy',
  margin: 0.01,
  alpha: 0.05,
  corrected: 4,
  paired: true,
  plannedSeeds: 8,
  seedsIn: 8,
  examples: 10_000,
  figures: [],
  markdown: '',
  ...over,
})

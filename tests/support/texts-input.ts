import type { AnswerInput } from '../../core/wording/answer.ts'
import type { nextSteps } from '../../core/wording/next-steps.ts'

/** A decided experiment of five seeds about which nothing special is to be said. */
export const plainSteps = {
  state: 'decided',
  metric: 'accuracy',
  extension: null,
  plannedSeeds: 5,
  lastSeed: 5,
  labelsPerSeed: 100,
  accuracy: { teacher: 0.98, control: 0.9 },
  classes: 10,
  fewerLabels: 25,
  endings: [],
  dataDamaged: false,
  costText: (seeds: number) => `about ${seeds} min`,
} satisfies Partial<Parameters<typeof nextSteps>[0]>

/** A decided experiment of eight seeds and four comparisons. */
export const plainAnswer = {
  margin: 0.01,
  corrected: 4,
  state: 'decided',
  plannedSeeds: 8,
  seedsIn: 8,
  cancelled: false,
  wordless: { arms: [], all: false },
} satisfies Partial<AnswerInput>

import { expect, test } from 'vitest'
import type { ExperimentDraftInput } from '../../../core/contracts/protocol.ts'
import { checkRanges } from '../../../core/planning/check-ranges.ts'
import { draftProtocol } from '../../../core/planning/draft-protocol.ts'
import { digits, draft, draftInput, softTargets, wasm } from './drafts.ts'

const { student } = draftInput()
const trained = (part: Partial<typeof student.training>): Partial<ExperimentDraftInput> => ({
  student: { ...student, training: { ...student.training, ...part } },
})
const adam = { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 } as const
const soft = (part: Partial<typeof softTargets>): Partial<ExperimentDraftInput> => ({
  methods: [{ name: 'soft-targets', ...softTargets, ...part }],
})

// The schemas read stored protocols too, so they allow more than a new experiment may have.
const outside: [path: string, changes: Partial<ExperimentDraftInput>][] = [
  ['student.training.learningRate', trained({ learningRate: 1e-300 })],
  ['student.training.learningRate', trained({ learningRate: 1e300 })],
  ['student.training.clipNorm', trained({ clipNorm: 1e-300 })],
  ['student.training.optimizer.epsilon', trained({ optimizer: { ...adam, epsilon: 1e-300 } })],
  ['student.training.optimizer.weightDecay', trained({ optimizer: { ...adam, weightDecay: 1e300 } })],
  [
    'student.training.optimizer.weightDecay',
    trained({ optimizer: { name: 'sgd', momentum: 0, weightDecay: 1e300 } }),
  ],
  ['student.training.warmUpSteps', trained({ warmUpSteps: 1e12 })],
  [
    'student.training.earlyStop.everySteps',
    trained({ earlyStop: { metric: 'nll', everySteps: 1e12, patience: 1 } }),
  ],
  ['teacher.seed', { teacher: { ...student, seed: -1e12 } }],
  ['methods.0.temperature', soft({ temperature: 1e-300 })],
  ['methods.0.hardLabelWeight', soft({ hardLabelWeight: 1e300 })],
  ['methods.0.softTargetWeight', soft({ softTargetWeight: 1e300 })],
  ['alpha', { alpha: 1e-300 }],
  ['alpha', { alpha: 1 }],
]

test.each(outside)('%s outside of its range is refused wherever a draft comes from', (path, changes) => {
  const problems = checkRanges(draft(changes))
  expect(problems.map((problem) => problem.path)).toEqual([path])
  const result = draftProtocol(draft(changes), digits, wasm)
  expect(result.ok ? [] : result.problems.map((problem) => problem.path)).toContain(path)
})

test('a usual draft has no number outside of its range', () => {
  expect(checkRanges(draft())).toEqual([])
})

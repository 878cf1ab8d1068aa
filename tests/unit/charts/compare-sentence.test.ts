import { expect, test } from 'vitest'
import { compareSentence } from '../../../app/_features/compare/compare-sentence.ts'
import { latencyText } from '../../../app/_features/experiment/latency-text.ts'
import { arms, figures, sampleFigures } from './arms.ts'

const unmeasured = 'Latency is measured after the last training.'

test('the sentence says what a smaller student buys and what it costs', () => {
  expect(compareSentence(arms, sampleFigures, unmeasured)).toBe(
    'The student is 13× smaller on disk and 6× faster than its teacher, one example at a time. ' +
      'Trained alone it gives up 8.1 points of test accuracy; with the other methods the loss is 7.4 to 7.5 points.',
  )
})

test('without a latency it says when there will be one', () => {
  const untimed = sampleFigures.map((of) => ({ ...of, latency: null }))
  expect(compareSentence(arms, untimed, unmeasured)).toMatch(
    /^The student is 13× smaller on disk than its teacher\. Latency is measured after the last training\./,
  )
})

test('before the teacher has a result only that is said', () => {
  expect(compareSentence(arms, [], unmeasured)).toBe('The teacher has no test accuracy.')
})

test('a student of the same size is as large as its teacher, and slower where it is slower', () => {
  const same = [
    figures('teacher', 4e5, { 'test/accuracy': [0.9, null] }, 0.1),
    figures('scratch', 4e5, { 'test/accuracy': [0.91, 0.01] }, 0.2),
  ]
  expect(compareSentence(arms, same, unmeasured)).toBe(
    'The student is as large on disk as its teacher and 2× slower, one example at a time. ' +
      'Trained alone it gains 1.0 point of test accuracy.',
  )
})

test('methods on both sides of the teacher are a range from gain to loss', () => {
  const mixed = [
    figures('teacher', 5e6, { 'test/accuracy': [0.9, null] }),
    figures('scratch', 4e5, { 'test/accuracy': [0.88, 0.01] }),
    figures('label-smoothing', 4e5, { 'test/accuracy': [0.89, 0.01] }),
    figures('soft-targets-t4', 4e5, { 'test/accuracy': [0.912, 0.01] }),
  ]
  expect(compareSentence(arms, mixed, unmeasured)).toMatch(
    /gives up 2\.0 points of test accuracy; the other methods range from a gain of 1\.2 points to a loss of 1\.0 point\.$/,
  )
})

test('a teacher that diverged is no reference', () => {
  const [teacher, ...students] = sampleFigures
  if (!teacher) throw new Error('the sample has a teacher')
  expect(compareSentence(arms, [{ ...teacher, finished: 0, diverged: 1 }, ...students], unmeasured)).toMatch(
    /The teacher diverged: it counts as an even guess/,
  )
})

test('why there is no latency is said in one way on every page', () => {
  const after = (state: 'cancelled' | 'failed' | 'planned' | 'done', reason: string | null = null) => [
    { kind: 'profile' as const, state, reason },
  ]
  const cancelled = after('cancelled', 'The experiment was cancelled.')
  expect(latencyText({ after: cancelled, status: 'cancelled' })).toBe(
    'Latency was not measured. The experiment was cancelled.',
  )
  expect(latencyText({ after: after('failed', 'no core'), status: 'finished' })).toBe(
    'Latency was not measured. No core.',
  )
  expect(latencyText({ after: after('planned'), status: 'running' })).toBe(
    'Latency is measured after the last training.',
  )
  expect(latencyText({ after: after('planned'), status: 'cancelled' })).toBe('Latency was not measured.')
})

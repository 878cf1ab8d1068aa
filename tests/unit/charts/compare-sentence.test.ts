import { expect, test } from 'vitest'
import { compareSentence } from '../../../app/_features/compare/compare-sentence.ts'
import { arms, figures, sampleFigures } from './arms.ts'

test('the sentence says what a smaller student buys and what it costs', () => {
  expect(compareSentence(arms, sampleFigures)).toBe(
    'The student is 13× smaller and 6× faster than its teacher, one image at a time. ' +
      'Trained alone it gives up 8.1 points of test accuracy; with the other methods the loss is 7.4 to 7.5 points.',
  )
})

test('without a latency it says when there will be one', () => {
  const untimed = sampleFigures.map((of) => ({ ...of, latency: null }))
  expect(compareSentence(arms, untimed)).toMatch(
    /^The student is 13× smaller than its teacher; latency is measured after the last training\./,
  )
})

test('before the teacher has a result only that is said', () => {
  expect(compareSentence(arms, [])).toBe('The teacher has no test accuracy yet.')
})

test('a student of the same size is as large as its teacher, and slower where it is slower', () => {
  const same = [
    figures('teacher', 4e5, { 'test/accuracy': [0.9, null] }, 0.1),
    figures('scratch', 4e5, { 'test/accuracy': [0.91, 0.01] }, 0.2),
  ]
  expect(compareSentence(arms, same)).toBe(
    'The student is as large as its teacher and 2× slower, one image at a time. ' +
      'Trained alone it gains 1.0 point of test accuracy.',
  )
})

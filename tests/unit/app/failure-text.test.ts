import { expect, test } from 'vitest'
import { failureText } from '../../../app/_features/api/failure-text.ts'

test('a change that was refused says what was not done and why, one without an answer that nobody knows', () => {
  const refused = { message: 'This run has already ended.', data: { code: 'CONFLICT' } }
  expect(failureText('The run was not cancelled', refused)).toBe(
    'The run was not cancelled: This run has already ended.',
  )
  const unanswered = { message: 'Failed to fetch', data: undefined }
  expect(failureText('The run was not cancelled', unanswered)).not.toMatch(/fetch|not cancelled/)
})

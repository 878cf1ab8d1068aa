import { expect, test } from 'vitest'
import { fitName, textWidth } from '../../../app/_charts/short-name.ts'

test('a name with room stays as it is', () => {
  expect(fitName('Soft targets + unlabelled', 200)).toBe('Soft targets + unlabelled')
})

test('a name without room gets shorter words, then keeps what differs', () => {
  const name = 'Soft targets, T 2, weight 0.9'
  expect(fitName(name, textWidth('Soft, T 2, w 0.9'))).toBe('Soft, T 2, w 0.9')
  expect(fitName(name, textWidth('T 2, w 0.9'))).toBe('T 2, w 0.9')
})

test('what does not fit even then is cut, and says so', () => {
  expect(fitName('Hard labels + unlabelled', 60)).toMatch(/^Hard.*…$/)
})

import { expect, test } from 'vitest'
import { fitName, textWidth } from '../../../app/_charts/fit-name.ts'
import type { Method } from '../../../core/contracts/arm.ts'
import { describeArms } from '../../../core/planning/describe-arms.ts'
import { nameArms } from '../../../core/planning/name-arms.ts'

const named = (...methods: Method[]) => describeArms(nameArms(methods), 'MLP 32').slice(1)
const soft = { temperature: 2, hardLabelWeight: 0.1, softTargetWeight: 0.9 }
const unlabelled = { ...soft, unlabelledShare: 0.5 }

test('a name with room stays as it is', () => {
  const [arm] = named({ name: 'soft-targets-unlabelled', ...unlabelled })
  expect(arm && fitName(arm, 200)).toBe('Soft targets + unlabelled')
})

test('a name without room gets shorter words, then keeps what differs', () => {
  const [, arm] = named(
    { name: 'soft-targets', ...soft, temperature: 4, softTargetWeight: 0.5 },
    { name: 'soft-targets', ...soft },
  )
  if (arm === undefined) throw new Error('There are two arms.')
  expect(arm.label).toBe('Soft targets, T 2, weight 0.9')
  expect(fitName(arm, textWidth('Soft, T 2, w 0.9'))).toBe('Soft, T 2, w 0.9')
  expect(fitName(arm, textWidth('T 2, w 0.9'))).toBe('T 2, w 0.9')
})

test('every word of a setting has its short form', () => {
  const [, arm] = named(
    { name: 'hard-labels-unlabelled', ...unlabelled },
    { name: 'hard-labels-unlabelled', ...unlabelled, hardLabelWeight: 1, unlabelledShare: 0.25 },
  )
  expect(arm?.shorter).toEqual(['Hard + unlab., labels 1, 25 %'])
})

test('a name stays where no setting tells the arm from another', () => {
  const two = [0.5, 0.9].map((softTargetWeight): Method => ({
    name: 'soft-targets',
    ...soft,
    softTargetWeight,
  }))
  expect(named(...two)[1]?.shorter).toEqual(['Soft, w 0.9'])
  expect(named({ name: 'scratch' })[0]?.shorter).toEqual([])
})

test('what does not fit even then is cut, and says so', () => {
  const [arm] = named({ name: 'hard-labels-unlabelled', ...unlabelled })
  expect(arm && fitName(arm, 60)).toMatch(/^Hard.*…$/)
})

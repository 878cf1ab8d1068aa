import { expect, test } from 'vitest'
import type { SeedResult } from '../../../core/judging/question.ts'
import { classifier, control, finishedArm, input, replace, soft } from '../../support/designs.ts'
import { judgePrimary } from '../../../core/judging/judge.ts'
import { judgeTeacher } from '../../../core/judging/judge-teacher.ts'

const second = { seed: 2, why: 'predictions-damaged' } as const
const damaged: SeedResult = { state: 'damaged', ...second }

test('a damaged seed of the arm leaves the figures of the others and takes the word', () => {
  const [whole] = judgePrimary(input())
  const [found] = judgePrimary(input({ arms: [replace(soft, damaged)] }))
  expect(whole?.word).not.toBeNull()
  expect(found?.word).toBeNull()
  expect(found?.provisional).toBe(false)
  expect(found?.estimate).not.toBeNull()
  expect(found?.simultaneous).not.toBeNull()
  expect(found?.seeds).toBe((whole?.seeds ?? 0) - 1)
  expect(found?.noWord).toEqual({ why: 'damaged', arm: [second], control: [] })
  expect(found?.notes).toContainEqual({ kind: 'dropped', seeds: [{ ...second, of: 'arm' }] })
})

test('a damaged seed of the control takes the word of every arm, and is named as its own', () => {
  const [found] = judgePrimary(input({ control: replace(control, damaged) }))
  expect(found?.word).toBeNull()
  expect(found?.noWord).toEqual({ why: 'damaged', arm: [], control: [second] })
})

test('one damaged seed of many takes the word, where one that is missing would not', () => {
  const judge = (lost: SeedResult): string | null | undefined =>
    judgePrimary(
      input({
        plannedSeeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        control: finishedArm('scratch', 'Control', classifier(10, 200, 80, 0)),
        arms: [replace(finishedArm('soft', 'Soft targets', classifier(10, 200, 90, 1)), lost)],
      }),
    )[0]?.word
  expect(judge({ seed: 2, state: 'missing', why: 'lost' })).not.toBeNull()
  expect(judge(damaged)).toBeNull()
})

test('a damaged seed takes the word against the teacher', () => {
  const given = input({ arms: [replace(soft, damaged)] })
  const [found] = judgeTeacher({ ...given, teachers: [new Float64Array(200).fill(0.5)] })
  expect(found?.word).toBeNull()
  expect(found?.noWord).toEqual({ why: 'damaged', arm: [second], control: [] })
})

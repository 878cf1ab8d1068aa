import { describe, expect, test } from 'vitest'
import type { JudgedArm, JudgeInput } from '../../../core/judging/question.ts'
import { control, input, replace, soft } from '../../support/designs.ts'
import { saidPrimary } from '../../support/said.ts'

describe('impossible input', () => {
  const scored = (scores: Float64Array): JudgedArm => replace(soft, { seed: 3, state: 'finished', scores })
  const one: JudgedArm = { ...control, seeds: [{ seed: 1, state: 'finished', scores: Float64Array.of(1) }] }
  test.each<[string, Partial<JudgeInput>, RegExp]>([
    ['margin 0', { margin: 0 }, /margin 0/],
    ['a negative margin', { margin: -0.01 }, /margin -0.01/],
    ['a margin that is no number', { margin: Number.NaN }, /margin NaN/],
    ['alpha 0', { alpha: 0 }, /alpha 0/],
    ['alpha 1', { alpha: 1 }, /alpha 1/],
    ['M of 0', { corrected: 0 }, /corrected 0/],
    ['a broken M', { corrected: 1.5 }, /corrected 1.5/],
    ['M below the comparisons', { arms: [soft, { ...soft, id: 'b' }] }, /corrected 1 is less than the 2/],
    ['no planned seeds', { plannedSeeds: [] }, /plannedSeeds is empty/],
    ['a planned seed twice', { plannedSeeds: [1, 1] }, /plannedSeeds has a seed twice/],
    ['a seed that is not planned', { plannedSeeds: [1, 2, 3, 4] }, /seeds of scratch: seed 5 is not planned/],
    [
      'a seed twice',
      { arms: [{ ...soft, seeds: [...soft.seeds, { seed: 1, state: 'pending' }] }] },
      /seeds of soft: seed 1 is there twice/,
    ],
    [
      'ragged scores',
      { arms: [scored(new Float64Array(199))] },
      /scores of soft, seed 3: 199 examples, others have 200/,
    ],
    [
      'a NaN',
      { arms: [scored(new Float64Array(200).fill(Number.NaN))] },
      /scores of soft, seed 3: example 0 is NaN/,
    ],
    ['infinity', { arms: [scored(new Float64Array(200).fill(-Infinity))] }, /example 0 is -Infinity/],
    ['one test example', { plannedSeeds: [1], control: one, arms: [one] }, /scores: 1 examples/],
  ])('%s is refused by name', (_, changes, message) => {
    expect(() => saidPrimary(input(changes))).toThrow(RangeError)
    expect(() => saidPrimary(input(changes))).toThrow(message)
  })
})

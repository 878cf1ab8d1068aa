import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joinAnd } from '../../../core/text/grammar.ts'
import {
  digitsFor,
  levelText,
  marginAmount,
  marginName,
  withinSentence,
} from '../../../core/wording/phrases.ts'
import { qualifierText } from '../../../core/wording/qualifier.ts'
import { readInterval } from '../../../core/judging/word.ts'

describe('readInterval', () => {
  test.each<[[number, number], string, string, string]>([
    [[0.012, 0.025], 'helped', 'by-margin', 'by at least the 1-point margin'],
    [[0.01, 0.025], 'helped', 'by-margin', 'by at least the 1-point margin'],
    [[0.006, 0.02], 'helped', 'margin-open', 'whether by 1 point is open'],
    [[-0.025, -0.012], 'hurt', 'by-margin', 'by at least the 1-point margin'],
    [[-0.025, -0.01], 'hurt', 'by-margin', 'by at least the 1-point margin'],
    [[-0.019, -0.003], 'hurt', 'margin-open', 'whether by 1 point is open'],
    [[-0.005, 0.007], 'no practical difference', 'within', 'within ±1 point either way'],
    [[0, 0], 'no practical difference', 'within', 'within ±1 point either way'],
    [[0.002, 0.005], 'no practical difference', 'negligible-gain', 'a real but negligible gain'],
    [[-0.005, -0.002], 'no practical difference', 'negligible-loss', 'a real but negligible loss'],
    [[-0.004, 0.017], 'inconclusive', 'not-worse', 'not worse by 1 point; gain not shown'],
    [[0, 0.017], 'inconclusive', 'not-worse', 'not worse by 1 point; gain not shown'],
    [[-0.046, 0.002], 'inconclusive', 'at-most-better', 'at most 1 point better'],
    [[-0.03, 0.03], 'inconclusive', 'wide', 'a gain or a loss of 1 point is possible'],
    [[-0.01, 0.01], 'inconclusive', 'wide', 'a gain or a loss of 1 point is possible'],
  ])('%j against a margin of 1 point is %s, %s', (interval, word, detail, qualifier) => {
    const reading = readInterval(interval, 0.01)
    expect(reading).toEqual({ word, detail })
    expect(qualifierText(reading, 'accuracy', 0.01)).toBe(qualifier)
  })

  test('no word is wrong where the interval covers the truth', () => {
    const ends = fc.tuple(
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: -3, max: 3, noNaN: true }),
    )
    fc.assert(
      fc.property(
        ends,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.01, max: 2, noNaN: true }),
        ([a, b], share, margin) => {
          const [low, high] = a < b ? [a, b] : [b, a]
          const truth = Math.min(Math.max(low + share * (high - low), low), high)
          const { word, detail } = readInterval([low, high], margin)
          if (word === 'helped') expect(truth).toBeGreaterThan(0)
          if (word === 'hurt') expect(truth).toBeLessThan(0)
          if (word === 'no practical difference') expect(Math.abs(truth)).toBeLessThan(margin)
          if (detail === 'by-margin') expect(Math.abs(truth)).toBeGreaterThanOrEqual(margin)
          if (detail === 'not-worse') expect(truth).toBeGreaterThan(-margin)
          if (detail === 'at-most-better') expect(truth).toBeLessThan(margin)
        },
      ),
    )
  })

  test('a margin that is not positive is refused', () => {
    expect(() => readInterval([0, 1], 0)).toThrow(/margin 0/)
    expect(() => readInterval([0, 1], Number.NaN)).toThrow(RangeError)
  })
})

describe('phrases', () => {
  test('margins are said in their unit', () => {
    expect(marginAmount('accuracy', 0.01)).toBe('1 point')
    expect(marginAmount('accuracy', 0.005)).toBe('0.5 points')
    expect(marginAmount('accuracy', 0.07)).toBe('7 points')
    expect(marginName('accuracy', 0.015)).toBe('1.5-point margin')
    expect(marginAmount('nll', 0.02)).toBe('0.02 nat')
    expect(marginName('nll', 0.02)).toBe('0.02-nat margin')
    expect(qualifierText({ word: 'no practical difference', detail: 'within' }, 'accuracy', 0.005)).toBe(
      'within ±0.5 points either way',
    )
  })

  test('rounding never moves an end onto or across 0 or the margin', () => {
    expect(digitsFor('accuracy', [0.004, 0.0251], 0.01)).toBe(1)
    expect(digitsFor('accuracy', [0.0004, 0.0251], 0.01)).toBe(2)
    expect(digitsFor('accuracy', [-0.0003, 0.0251], 0.01)).toBe(2)
    expect(digitsFor('accuracy', [0.00004, 0.0251], 0.01)).toBe(3)
    expect(digitsFor('accuracy', [0.0097, 0.0251], 0.01)).toBe(2)
    expect(digitsFor('accuracy', [0.01, 0.0251], 0.01)).toBe(1)
    expect(digitsFor('nll', [0.0123, 0.0301], 0.02)).toBe(3)
    expect(digitsFor('nll', [0.0002, 0.0301], 0.02)).toBe(4)
  })

  test('labels lose their capital within a sentence unless it is their own', () => {
    expect(
      ['Soft targets', 'Label smoothing', 'Decoupled (DKD)', 'FitNet hints', 'DKD', 'Hard-label copies'].map(
        withinSentence,
      ),
    ).toEqual([
      'soft targets',
      'label smoothing',
      'decoupled (DKD)',
      'FitNet hints',
      'DKD',
      'hard-label copies',
    ])
  })

  test('lists and levels read as English', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(joinAnd)).toEqual(['', 'a', 'a and b', 'a, b and c'])
    expect([0.05, 0.1, 0.001].map(levelText)).toEqual(['95 %', '90 %', '99.9 %'])
    expect([0.05 / 3, 1e-6, 1e-9, 2.5e-13].map(levelText)).toEqual([
      '98.3333 %',
      '99.9999 %',
      '99.9999999 %',
      '99.999999999975 %',
    ])
  })
})

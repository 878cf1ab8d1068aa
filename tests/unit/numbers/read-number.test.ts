import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { numberProblemText } from '../../../core/numbers/number-problem.ts'
import {
  type ListReading,
  type NumberReading,
  readCount,
  readCounts,
  readDecimal,
  readPercent,
  readShare,
} from '../../../core/numbers/read-number.ts'

type Cell = number | string

/** The number, or the problem with its readings. */
const said = (found: NumberReading): Cell =>
  'value' in found
    ? found.value
    : 'readings' in found
      ? `${found.problem}: ${found.readings.join(' | ')}`
      : found.problem
const listed = (found: ListReading): string => {
  if ('values' in found) return `[${found.values.join(' ')}]`
  return found.problem === 'one-or-two'
    ? `${found.problem}: ${found.one} | ${found.several}`
    : String(said(found))
}

// How people write a number, as a field that counts and as one with a fraction.
const table: readonly (readonly [text: string, count: Cell, decimal: Cell])[] = [
  ['2000', 2000, 2000],
  ['2,000', 2000, 'two-readings: 2000 | 2.0'],
  ['2 000', 2000, 2000],
  ['2\u00a0000', 2000, 2000],
  ['2\u2009000', 2000, 2000],
  ['2\u202f000', 2000, 2000],
  ['  2000  ', 2000, 2000],
  ['2.000', 'two-readings: 2 | 2000', 2],
  ['-2.000', 'two-readings: -2 | -2000', -2],
  ['1.234.567', 1234567, 1234567],
  ['12,345', 12_345, 'two-readings: 12345 | 12.345'],
  ['1,234,567', 1_234_567, 1_234_567],
  ['1 234 567', 1_234_567, 1_234_567],
  ['1,234.5', 'not-whole', 1234.5],
  ['1.234,5', 'not-whole', 1234.5],
  ['0,001', 'not-whole', 0.001],
  ['0,900', 'not-whole', 0.9],
  ['0.001', 'not-whole', 0.001],
  ['0,5', 'not-whole', 0.5],
  ['.5', 'not-whole', 0.5],
  [',5', 'not-whole', 0.5],
  ['1,5', 'not-whole', 1.5],
  ['1,50', 'not-whole', 1.5],
  ['1,2345', 'not-whole', 1.2345],
  ['0012', 12, 12],
  ['007,000', 7, 7],
  ['1e3', 1000, 1000],
  ['1E-3', 'not-whole', 0.001],
  ['1e-9', 'not-whole', 1e-9],
  ['-4', -4, -4],
  ['−4', -4, -4],
  ['+4', 4, 4],
  ['-0', 0, 0],
  ['2’000', 2000, 2000],
  ["2'000", 2000, 2000],
  ['2\u202f000,5', 'not-whole', 2000.5],
  ['2 000.5', 'not-whole', 2000.5],
  ['2,000e3', 'two-readings: 2000e3 | 2.0e3', 'two-readings: 2000e3 | 2.0e3'],
  ['2.', 2, 2],
  ['', 'empty', 'empty'],
  ['   ', 'empty', 'empty'],
  ['0', 0, 0],
  ['1e400', 'too-large', 'too-large'],
  ['9007199254740993', 'too-large', 9007199254740992],
  ['abc', 'no-number', 'no-number'],
  ['0x10', 'no-number', 'no-number'],
  ['1_000', 'no-number', 'no-number'],
  ['90 %', 'no-number', 'no-number'],
  ['NaN', 'no-number', 'no-number'],
  ['Infinity', 'no-number', 'no-number'],
  ['1,2,3', 'no-number', 'no-number'],
  ['2 00', 'no-number', 'no-number'],
  ['0 001', 'no-number', 'no-number'],
  ['--1', 'no-number', 'no-number'],
]

describe('a number as people write it', () => {
  test.each(table)('%j counts as %j and is the decimal %j', (text, count, decimal) => {
    expect(said(readCount(text))).toBe(count)
    expect(said(readDecimal(text))).toBe(decimal)
  })

  test('is read back whatever it is, with thousands or without', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (value) => {
        expect(readCount(String(value))).toEqual({ value })
        expect(readCount(value.toLocaleString('en'))).toEqual({ value })
      }),
    )
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(readDecimal(String(value))).toEqual({ value: Object.is(value, -0) ? 0 : value })
      }),
    )
  })
})

describe('percent', () => {
  test.each([
    ['0.3', 0.3, 0.3],
    ['30 %', 0.3, 30],
    ['30%', 0.3, 30],
    ['30\u00a0%', 0.3, 30],
    ['7 %', 0.07, 7],
    ['12,5 %', 0.125, 12.5],
    ['2,000 %', 'two-readings: 2000 % | 2.0 %', 'two-readings: 2000 % | 2.0 %'],
    ['%', 'no-number', 'no-number'],
    ['30 % %', 'no-number', 'no-number'],
    ['', 'empty', 'empty'],
  ])('%j is the share %j, and in percent %j', (text, share, percent) => {
    expect(said(readShare(text))).toBe(share)
    expect(said(readPercent(text))).toBe(percent)
  })
})

describe('numbers in a row', () => {
  test.each([
    ['3, 5, 10', '[3 5 10]'],
    ['128 64', '[128 64]'],
    ['800;800', '[800 800]'],
    ['128,64', '[128 64]'],
    ['3,5,10', '[3 5 10]'],
    ['', '[]'],
    ['128,064', 'one-or-two: 128064 | 128, 64'],
    ['4,500', 'one-or-two: 4500 | 4, 500'],
    ['4,500, 6,000', 'one-or-two: 4500 | 4, 500'],
    ['1,024 24', 'one-or-two: 1024 | 1, 24'],
    ['1,234,567', 'one-or-two: 1234567 | 1, 234, 567'],
    ['4, 500', '[4 500]'],
    ['4 500', 'one-or-two: 4500 | 4, 500'],
    ['4 500, 6 000', 'one-or-two: 4500 | 4, 500'],
    ['2 000', 'one-or-two: 2000 | null'],
    ['4\u00a0500, 6\u202f000', '[4500 6000]'],
    ['4’500', '[4500]'],
    ['128 064', 'one-or-two: 128064 | 128, 64'],
    ['-3', 'no-number'],
    ['3.5', 'no-number'],
    ['3 x', 'no-number'],
    ['99999999999999999999', 'too-large'],
  ])('%j are %s', (text, expected) => {
    expect(listed(readCounts(text))).toBe(expected)
  })
})

test('what would be too large as one number is two', () => {
  expect(listed(readCounts('800,800', 8192))).toBe('[800 800]')
  expect(listed(readCounts('800 800', 8192))).toBe('[800 800]')
  expect(listed(readCounts('1 024', 8192))).toBe('one-or-two: 1024 | 1, 24')
  expect(listed(readCounts('1,024', 8192))).toBe('one-or-two: 1024 | 1, 24')
  expect(listed(readCounts('128,064', 8192))).toBe('one-or-two: null | 128, 64')
  expect(listed(readCounts('9,000', 8192))).toBe('no-number')
})

test('what may be two numbers is refused with both', () => {
  const say = (found: NumberReading | ListReading): string =>
    'problem' in found ? numberProblemText(found, 'Seeds: a whole number.') : ''
  expect(say(readDecimal('2,000'))).toBe('Write 2000 or 2.0: this may be either.')
  expect(say(readCounts('128,064'))).toBe('Write 128064 for one number, or “128, 64” for several.')
  expect(say(readCounts('128,064', 8192))).toBe('Write “128, 64” if several numbers are meant.')
  expect(say(readCounts('2,000'))).toBe('Write 2000 if that is meant.')
  expect(say(readCount('1.024'))).toBe('Write 1024 if that is meant: this may be a fraction.')
  expect(say(readCount('x'))).toBe('Seeds: a whole number.')
})

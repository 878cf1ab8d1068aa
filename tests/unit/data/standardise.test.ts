import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureColumns, standardise } from '../../../core/data/standardise.ts'

describe('standardised columns', () => {
  test('have mean 0 and standard deviation 1 on the rows that were measured', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 15 })), {
      minLength: 2,
      maxLength: 50,
    })
    fc.assert(
      fc.property(rows, (made) => {
        const values = Float64Array.from(made.flat())
        const scaled = standardise(values, measureColumns(values, 2))
        for (const column of [0, 1]) {
          const own = Array.from(scaled).filter((_, at) => at % 2 === column)
          const source = made.map((row) => row[column] ?? 0)
          const range = Math.max(...source) - Math.min(...source)
          const mean = own.reduce((sum, value) => sum + value, 0) / own.length
          const variance = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length
          expect(mean).toBeCloseTo(0, 5)
          expect(variance).toBeCloseTo(range === 0 ? 0 : 1, 5)
        }
      }),
    )
  })

  test('use what was measured, whatever else is put in', () => {
    const measured = measureColumns(Float64Array.of(1, 5, 3, 5), 2)
    expect(measured).toEqual({ mean: [2, 5], sd: [1, 0] })
    expect(Array.from(standardise(Float64Array.of(4, 7, 0, 5), measured))).toEqual([2, 0, -2, 0])
  })

  test('a constant column is 0, also where its mean is rounded', () => {
    const values = new Float64Array(10).fill(0.1)
    expect(measureColumns(values, 1).sd).toEqual([0])
    expect(Array.from(standardise(values, measureColumns(values, 1)))).toEqual(Array<number>(10).fill(0))
  })

  test('rows that are not whole are refused', () => {
    expect(() => measureColumns(new Float64Array(3), 2)).toThrow(/3 numbers are no rows of 2/)
    expect(() => measureColumns(new Float64Array(0), 2)).toThrow(RangeError)
    expect(() => standardise(new Float64Array(3), { mean: [0, 0], sd: [1, 1] })).toThrow(/no rows of 2/)
  })
})

import { describe, expect, test } from 'vitest'
import { numericTable } from '../../../core/data/numeric-table.ts'

const table = (columns: string[], ...rows: string[][]) => ({
  columns,
  rows: rows.map((cells, i) => ({ line: i + 2, cells })),
})

describe('numericTable', () => {
  test('the target becomes classes in sorted order, every other column an input', () => {
    const found = numericTable(
      table(['a', 'kind', 'b'], ['1', 'no', '-2.5e1'], ['.5', 'Yes', '+7'], ['3.', 'no', ' 0 ']),
      'kind',
    )
    expect(found.featureNames).toEqual(['a', 'b'])
    expect(found.classNames).toEqual(['Yes', 'no'])
    expect(Array.from(found.labels)).toEqual([1, 0, 1])
    expect(Array.from(found.features)).toEqual([1, -25, 0.5, 7, 3, 0])
  })

  test.each([
    ['an unknown target', table(['a', 'b'], ['1', 'x']), /no column "y": the header has a, b/],
    ['a column without a name', table(['y', ''], ['x', '1']), /column 2 has no name/],
    ['a column that is there twice', table(['y', 'a', 'a'], ['x', '1', '1']), /column "a" twice/],
    ['nothing beside the target', table(['y'], ['x'], ['z']), /no inputs beside the column "y"/],
    ['no rows', table(['y', 'a']), /no rows below the header/],
    ['a row that is too long', table(['y', 'a'], ['x', '1'], ['z', '2', '3']), /line 3: 3 cells, .* has 2/],
    ['a row that is too short', table(['y', 'a'], ['x']), /line 2: 1 cells/],
    ['an empty number', table(['y', 'a'], ['x', '1'], ['z', ' ']), /line 3, column "a" is empty/],
    ['an empty class', table(['y', 'a'], ['x', '1'], ['', '1']), /line 3, column "y" is empty/],
    ['a word', table(['y', 'a'], ['x', 'much']), /line 2, column "a" is "much", not a number/],
    ['NaN', table(['y', 'a'], ['x', 'NaN']), /is "NaN", not a number/],
    ['a hexadecimal', table(['y', 'a'], ['x', '0x10']), /is "0x10", not a number/],
    ['a number beyond doubles', table(['y', 'a'], ['x', '1e999']), /is "1e999", not a number/],
    ['one class alone', table(['y', 'a'], ['x', '1'], ['x', '2']), /holds "x" alone/],
  ])('%s is refused with its place', (_, text, message) => {
    expect(() => numericTable(text, 'y')).toThrow(message)
  })
})

import type { Range } from '../../../core/numbers/range.ts'
import { readField } from './read-number.ts'

/** What is wrong, by field: paths of the draft, as the API names them. */
export type Problems = Record<string, string>

/** What the fields of a form are read with: problems are gathered, what cannot be read is 0. */
export interface Reading {
  problems: Problems
  number: (path: string, text: string, range: Range) => number
}

export function createReading(): Reading {
  const problems: Problems = {}
  return {
    problems,
    number: (path, text, range) => {
      const found = readField(text, range)
      if ('value' in found) return found.value
      problems[path] = found.problem
      return 0
    },
  }
}

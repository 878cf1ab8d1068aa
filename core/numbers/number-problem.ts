import type { NumberProblem } from './read-number.ts'

/**
 * What to do about a text that was read as no number.
 * @param otherwise says what the number may be, as a sentence: "Seeds: a whole number from 1 to 100."
 */
export const numberProblemText = (found: NumberProblem, otherwise: string): string => {
  switch (found.problem) {
    case 'two-readings':
      return `Write ${found.readings[0]} or ${found.readings[1]}: this may be either.`
    case 'one-or-two':
      return `Write ${found.readings[0]} for one number, or ${found.readings[1]} for two.`
    case 'empty':
    case 'no-number':
    case 'not-whole':
    case 'too-large':
      return otherwise
  }
}

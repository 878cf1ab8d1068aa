import type { NumberProblem } from './read-number.ts'

/**
 * What to do about a text that was read as no number.
 * @param otherwise says what the number may be, as a sentence: "Seeds: a whole number from 1 to 100."
 */
export const numberProblemText = (found: NumberProblem, otherwise: string): string => {
  switch (found.problem) {
    case 'two-readings':
      return found.readings.length === 1
        ? `Write ${found.readings[0]} if that is meant: this may be a fraction.`
        : `Write ${found.readings.join(' or ')}: this may be either.`
    case 'one-or-two':
      if (found.several === null) return `Write ${found.one} if that is meant.`
      if (found.one === null) return `Write “${found.several}” if several numbers are meant.`
      return `Write ${found.one} for one number, or “${found.several}” for several.`
    case 'empty':
    case 'no-number':
    case 'not-whole':
    case 'too-large':
      return otherwise
  }
}

/** Why a text is no number of its kind. Codes; the English is in `number-problem.ts`. */
export type NumberProblem =
  | { problem: 'empty' }
  | { problem: 'no-number' }
  | { problem: 'not-whole' }
  /** Both are usual: one number with thousands, or one with a fraction; as they would be written without doubt. */
  | { problem: 'two-readings'; readings: readonly [string, string] }
  /** One number with a comma, or two numbers of a list. */
  | { problem: 'one-or-two'; readings: readonly [string, string] }
  /** Too large for a number, or with more digits than one can hold. */
  | { problem: 'too-large' }

export type NumberReading = { value: number } | NumberProblem
export type ListReading = { values: number[] } | NumberProblem

/** Spaces of every width, which also stand between thousands. */
const spaces = /[\s\u00a0\u2000-\u200a\u202f\u205f]/g

/** Without what stands around it; every space an ordinary one, a true minus a hyphen. */
const tidy = (text: string): string => text.replace(spaces, ' ').trim().replaceAll('−', '-')

/** Thousands never begin with a zero: "0,900" is a fraction. */
const byComma = /^[1-9]\d{0,2}(,\d{3})+$/
const bySpace = /^[1-9]\d{0,2}( \d{3})+$/
const byPoint = /^[1-9]\d{0,2}(\.\d{3})+$/
const plain = /^(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i

const split = (text: string): { sign: 1 | -1; digits: string } => {
  const sign = text.startsWith('-') ? -1 : 1
  return { sign, digits: text.replace(/^[-+] ?/, '') }
}

const finite = (digits: string, sign: 1 | -1): NumberReading => {
  const value = sign * Number(digits)
  return Number.isFinite(value) ? { value } : { problem: 'too-large' }
}

/**
 * A whole number as people write it: "2000", "2,000", "2 000" and "2e3" are 2000. "2.000" may be 2 or 2000 and is refused.
 * @returns a value that is exact (up to 2^53), or why there is none.
 */
export const readCount = (text: string): NumberReading => {
  const { sign, digits } = split(tidy(text))
  if (digits === '') return { problem: 'empty' }
  const thousands = byComma.test(digits) || bySpace.test(digits)
  if (!thousands && byPoint.test(digits))
    return { problem: 'two-readings', readings: [String(Number(digits)), digits.replaceAll('.', '')] }
  const found = thousands ? finite(digits.replaceAll(/[, ]/g, ''), sign) : readDecimal(text)
  if (!('value' in found)) return found
  if (!Number.isInteger(found.value)) return { problem: 'not-whole' }
  return Number.isSafeInteger(found.value) ? found : { problem: 'too-large' }
}

/**
 * A number with a fraction as people write it: ".5", "0,5", "1e-3", "2 000" and "1,234.5". A comma with three digits
 * behind it may be either, "2,000": refused, unless a zero leads, "0,001".
 */
export const readDecimal = (text: string): NumberReading => {
  const { sign, digits } = split(tidy(text))
  if (digits === '') return { problem: 'empty' }
  if (bySpace.test(digits)) return finite(digits.replaceAll(' ', ''), sign)
  if (byComma.test(digits)) {
    const whole = digits.replaceAll(',', '')
    // Two commas cannot both begin a fraction.
    if (digits.split(',').length > 2) return finite(whole, sign)
    const part = Number(digits.replace(',', '.'))
    return {
      problem: 'two-readings',
      readings: [whole, Number.isInteger(part) ? part.toFixed(1) : String(part)],
    }
  }
  // "1,234.5" and "1.234,5": the last of two marks begins the fraction.
  if (/^[1-9]\d{0,2}(,\d{3})+\.\d*$/.test(digits)) return finite(digits.replaceAll(',', ''), sign)
  if (/^[1-9]\d{0,2}(\.\d{3})+,\d+$/.test(digits))
    return finite(digits.replaceAll('.', '').replace(',', '.'), sign)
  const pointed = digits.replace(',', '.')
  return plain.test(pointed) ? finite(pointed, sign) : { problem: 'no-number' }
}

/** "4,500": one number, or 4 and 500? */
const oneOrTwo = /(?<![\d,.])([1-9]\d{0,2}),(\d{3})(?!\d)/

/**
 * Whole numbers in a row, "3, 5, 10", "128 64" or "800;800"; an empty text is an empty list. A comma with three digits
 * behind it and no space, "128,064", may be one number or two and is refused.
 */
export const readCounts = (text: string): ListReading => {
  const tidied = tidy(text)
  if (tidied === '') return { values: [] }
  const [, first, second] = oneOrTwo.exec(tidied) ?? []
  if (first !== undefined && second !== undefined)
    return {
      problem: 'one-or-two',
      readings: [`${first}${second}`, `${first}, ${Number(second)}`],
    }
  const values: number[] = []
  for (const part of tidied.split(/[\s,;]+/).filter((one) => one !== '')) {
    if (!/^\d+$/.test(part)) return { problem: 'no-number' }
    const value = Number(part)
    if (!Number.isSafeInteger(value)) return { problem: 'too-large' }
    values.push(value)
  }
  return { values }
}

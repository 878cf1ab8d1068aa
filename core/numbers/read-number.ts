/** Why a text is no number of its kind. Codes; the English is in `number-problem.ts`. */
export type NumberProblem =
  | { problem: 'empty' }
  | { problem: 'no-number' }
  | { problem: 'not-whole' }
  /**
   * Both are usual: one number with thousands, or one with a fraction; as they would be written without doubt. Those alone
   * that could be taken: at least one.
   */
  | { problem: 'two-readings'; readings: readonly string[] }
  /** One number with a comma, or several numbers of a list; null where that could not be taken, at most one of them. */
  | { problem: 'one-or-two'; one: string | null; several: string | null }
  /** Too large for a number, or with more digits than one can hold. */
  | { problem: 'too-large' }

export type NumberReading = { value: number } | NumberProblem
export type ListReading = { values: number[] } | NumberProblem

/** Spaces of every width, which also stand between thousands. */
const spaces = /[\s\u00a0\u2000-\u200a\u202f\u205f]/g

/** Spaces that do not break, and apostrophes, stand between thousands and never between two numbers. */
const surelyOne = /(?<![\d.,])[1-9]\d{0,2}(?:[\u00a0\u2007\u2009\u202f'’]\d{3})+(?!\d)/g

/** Without what stands around it; every space an ordinary one, a true minus a hyphen. */
const tidy = (text: string): string =>
  text
    .replace(surelyOne, (found) => found.replaceAll(/\D/g, ''))
    .replace(spaces, ' ')
    .trim()
    .replaceAll('−', '-')

/** Thousands never begin with a zero: "0,900" is a fraction. */
const byComma = /^[1-9]\d{0,2}(,\d{3})+$/
const bySpace = /^[1-9]\d{0,2}( \d{3})+(?=$|[.,]\d*$)/
const bySpaceAlone = /^[1-9]\d{0,2}( \d{3})+$/
const byPoint = /^[1-9]\d{0,2}(\.\d{3})+$/
const plain = /^(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i

const split = (text: string): { sign: 1 | -1; digits: string } => {
  const sign = text.startsWith('-') ? -1 : 1
  return { sign, digits: text.replace(/^[-+] ?/, '') }
}

const finite = (digits: string, sign: 1 | -1): NumberReading => {
  // Never −0.
  const value = sign * Number(digits) + 0
  return Number.isFinite(value) ? { value } : { problem: 'too-large' }
}

/**
 * A whole number as people write it: "2000", "2,000", "2 000" and "2e3" are 2000. "2.000" may be 2 or 2000 and is refused.
 * @returns a value that is exact (up to 2^53), or why there is none.
 */
export const readCount = (text: string): NumberReading => {
  const { sign, digits } = split(tidy(text))
  if (digits === '') return { problem: 'empty' }
  const thousands = byComma.test(digits) || bySpaceAlone.test(digits)
  // Two points cannot both begin a fraction.
  const pointed = !thousands && byPoint.test(digits)
  if (pointed && digits.split('.').length === 2) {
    const minus = sign < 0 ? '-' : ''
    const fraction = Number.isInteger(Number(digits)) ? [`${minus}${Number(digits)}`] : []
    return {
      problem: 'two-readings',
      readings: [...fraction, `${minus}${digits.replace('.', '')}`],
    }
  }
  const found = thousands || pointed ? finite(digits.replaceAll(/[,. ]/g, ''), sign) : readDecimal(text)
  if (!('value' in found)) return found
  if (!Number.isInteger(found.value)) return { problem: 'not-whole' }
  return Number.isSafeInteger(found.value) ? found : { problem: 'too-large' }
}

const twoReadings = (
  [, whole = '', part = '', power = '']: readonly string[],
  sign: 1 | -1,
): NumberProblem => {
  const before = `${sign < 0 ? '-' : ''}${whole}`
  const fraction = part.replace(/0+$/, '') || '0'
  return {
    problem: 'two-readings',
    readings: [`${before}${part}${power}`, `${before}.${fraction}${power}`],
  }
}

type Digits = { sign: 1 | -1; digits: string }

/** The number in digits with a point, or why there is none. */
const digitsOf = (text: string): Digits | NumberProblem => {
  const { sign, digits } = split(tidy(text))
  if (digits === '') return { problem: 'empty' }
  if (bySpace.test(digits)) return { sign, digits: digits.replaceAll(' ', '').replace(',', '.') }
  const doubtful = /^([1-9]\d{0,2}),(\d{3})(e[-+]?\d+)?$/i.exec(digits)
  if (doubtful) return twoReadings(doubtful, sign)
  // Two commas cannot both begin a fraction.
  if (byComma.test(digits)) return { sign, digits: digits.replaceAll(',', '') }
  if (byPoint.test(digits) && digits.split('.').length > 2)
    return { sign, digits: digits.replaceAll('.', '') }
  // "1,234.5" and "1.234,5": the last of two marks begins the fraction.
  if (/^[1-9]\d{0,2}(,\d{3})+\.\d*$/.test(digits)) return { sign, digits: digits.replaceAll(',', '') }
  if (/^[1-9]\d{0,2}(\.\d{3})+,\d+$/.test(digits))
    return { sign, digits: digits.replaceAll('.', '').replace(',', '.') }
  const pointed = digits.replace(',', '.')
  return plain.test(pointed) ? { sign, digits: pointed } : { problem: 'no-number' }
}

/**
 * A number with a fraction as people write it: ".5", "0,5", "1e-3", "2 000" and "1,234.5". A comma with three digits
 * behind it may be either, "2,000": refused, unless a zero leads, "0,001".
 */
export const readDecimal = (text: string): NumberReading => {
  const found = digitsOf(text)
  return 'problem' in found ? found : finite(found.digits, found.sign)
}

/** Before a percent sign; null where there is none. */
const beforePercent = (text: string): string | null => /^([^%]*)%$/.exec(tidy(text))?.[1]?.trim() ?? null

const percentDigits = (text: string): Digits | NumberProblem => {
  const percent = beforePercent(text)
  if (percent === null) return digitsOf(text)
  const found = digitsOf(percent)
  if (!('problem' in found)) return found
  if (found.problem === 'empty') return { problem: 'no-number' }
  if (found.problem !== 'two-readings') return found
  const [first, second] = found.readings
  return { ...found, readings: [`${first} %`, `${second} %`] }
}

/** A number in percent or in points, with its sign or without: "5" and "5 %" are 5. */
export const readPercent = (text: string): NumberReading => {
  const found = percentDigits(text)
  return 'problem' in found ? found : finite(found.digits, found.sign)
}

/** As `readPercent`, as a fraction of 1. By its digits: a division by 100 would round once more. */
export const readHundredths = (text: string): NumberReading => {
  const found = percentDigits(text)
  return 'problem' in found ? found : finite(movePoint(found.digits, -2), found.sign)
}

/** A share of 1, which may also be written in percent: "0.3" and "30 %" are 0.3. */
export const readShare = (text: string): NumberReading =>
  beforePercent(text) === null ? readDecimal(text) : readHundredths(text)

/** The digits of a number with the point so many places to the right: ("7", -2) is "7e-2". */
export const movePoint = (digits: string, places: number): string => {
  const [mantissa = '', power = '0'] = digits.toLowerCase().split('e')
  return `${mantissa}e${Number(power) + places}`
}

/** "4,500" or "4 500": one number, or 4 and 500? */
const oneOrTwo = /(?<![\d,.])[1-9]\d{0,2}(?:[, ]\d{3})+(?!\d)/g

/**
 * Whole numbers from 1 on in a row, "3, 5, 10", "128 64" or "800;800"; an empty text is an empty list. A comma or a space alone
 * before three digits, "4,500", may be within one number or between two and is refused.
 * @param most the largest that a number may be: what would exceed it as one number is two, unless a zero leads ("128,064").
 */
export const readCounts = (text: string, most: number = Infinity): ListReading => {
  const tidied = tidy(text)
  if (tidied === '') return { values: [] }
  for (const [found] of tidied.matchAll(oneOrTwo)) {
    const [first = '', ...more] = found.split(/[, ]/)
    const whole = [first, ...more].join('')
    const one = Number(whole) <= most ? whole : null
    if (one === null && !more.some((part) => part.startsWith('0'))) continue
    const several = more.some((part) => Number(part) === 0) ? null : [first, ...more.map(Number)].join(', ')
    return one === null && several === null
      ? { problem: 'no-number' }
      : { problem: 'one-or-two', one, several }
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

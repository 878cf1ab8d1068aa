import { movePoint } from '../../../core/numbers/read-number.ts'
import type { Range } from '../../../core/numbers/range.ts'
import { readField } from './read-number.ts'

/** Below so many points or percent a fraction of 1 may have been meant: 0.01 for one point. */
const fewest = 0.1
/** From here on a weight may have been meant in percent. */
const heavy = 10

/** What to know of a number that was read, yet may not be what was meant: percent for a fraction, or the reverse. */
export function fieldRemark(text: string, range: Range): string | undefined {
  const found = readField(text, range)
  if (!('value' in found)) return undefined
  // Of points and percent as typed: what was read is their fraction of 1.
  const value = range.unit === 'percent' ? moved(found.value, 2) : found.value
  const percent = text.includes('%')
  if (range.unit === 'share' && percent) return `Read as ${value}.`
  if (range.unit === 'weight' && value >= heavy && value <= 100) {
    return `If ${value} % is meant, write ${moved(value, -2)}.`
  }
  if (range.unit === 'percent' && !percent && value > 0 && value < fewest) {
    return `If the fraction ${value} is meant, write ${moved(value, 2)}.`
  }
  return undefined
}

const moved = (value: number, places: number): number => Number(movePoint(String(value), places))

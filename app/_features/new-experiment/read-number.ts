import type { WidthsField } from '../../../core/networks/architecture.ts'
import { architectures } from '../../../core/networks/registry.ts'
import { numberProblemText } from '../../../core/numbers/number-problem.ts'
import {
  movePoint,
  type NumberProblem,
  type NumberReading,
  readCount,
  readCounts,
  readDecimal,
  readHundredths,
  readPercent,
  readShare,
  type ListReading,
} from '../../../core/numbers/read-number.ts'
import { within, type Range } from '../../../core/numbers/range.ts'

/** The whole number that a field holds, for what follows from it on the page; null while there is none. */
export function countOf(text: string): number | null {
  const found = readCount(text)
  return 'value' in found ? found.value : null
}

/** The list of whole numbers that a field holds; null while there is none. */
export function countsOf(text: string): number[] | null {
  const found = readCounts(text)
  return 'values' in found && found.values.length > 0 ? found.values : null
}

/** "800, 800" or "128-64": a hyphen between two widths separates them; before a number alone it is a minus. */
const readWidthList = (text: string, widest: number): ListReading =>
  readCounts(text.replaceAll(/(\d)( - |-)(?=\d)/g, '$1, '), widest)

/** Layer widths; an empty text is a network without hidden layers. null for anything else. */
export function widthsOf(text: string): number[] | null {
  const found = readWidthList(text, architectures.mlp.fields.hidden.widest)
  return 'values' in found ? found.values : null
}

/** A number within its range, or what to do about the text. Points and percent become fractions of 1. */
export function readField(text: string, range: Range): { value: number } | { problem: string } {
  const found = reader(range)(text)
  if (!('value' in found)) return { problem: numberProblemText(found, withShareHint(text, range)) }
  if (!within(found.value, range)) {
    return { problem: withPercentHint(text, found.value, range) }
  }
  const fraction = range.unit === 'percent' ? readHundredths(text) : found
  return 'value' in fraction ? fraction : { problem: range.say }
}

const reader = ({ whole, unit }: Range): ((text: string) => NumberReading) => {
  if (whole === true) return readCount
  if (unit === 'share') return readShare
  return unit === 'percent' ? readPercent : readDecimal
}

/** "50 %" where a weight is asked for. */
function withShareHint(text: string, range: Range): string {
  const share = range.unit === 'weight' && text.includes('%') ? readShare(text) : null
  return share !== null && 'value' in share && within(share.value, range)
    ? `${range.say} ${text.trim()} is ${share.value}.`
    : range.say
}

/** "90" where a share is asked for is most likely a percentage. */
function withPercentHint(text: string, value: number, range: Range): string {
  const share = Number(movePoint(String(value), -2))
  const meant = range.unit === 'share' && value > 1 && !text.includes('%') && within(share, range)
  return meant ? `${range.say} ${value} % is ${share}.` : range.say
}

/** @param field says how many there may be and how wide */
export function readWidths(
  text: string,
  { most, widest, say }: WidthsField,
): { values: number[] } | { problem: string } {
  return checked(
    readWidthList(text, widest),
    (widths) => widths.length <= most && widths.every((width) => width >= 1 && width <= widest),
    say,
  )
}

/** @param otherwise says what the list may be */
export function readList(
  text: string,
  fits: (values: readonly number[]) => boolean,
  otherwise: string,
): { values: number[] } | { problem: string } {
  return checked(readCounts(text), fits, otherwise)
}

function checked(
  found: { values: number[] } | NumberProblem,
  fits: (values: readonly number[]) => boolean,
  otherwise: string,
): { values: number[] } | { problem: string } {
  if (!('values' in found)) return { problem: numberProblemText(found, otherwise) }
  return fits(found.values) ? found : { problem: otherwise }
}

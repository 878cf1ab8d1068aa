import { judgedOf } from '../../core/metrics/registry.ts'
import type { PrimaryMetric } from '../../core/contracts/protocol.ts'
import { formatCount, formatSigned } from '../../core/text/format-number.ts'

/** Under their short names on the pages; the verdict's sentences are written with the same functions. */
export {
  formatCount as count,
  formatNumber as decimal,
  formatSigned as signed,
} from '../../core/text/format-number.ts'
export { formatDuration as duration, formatEstimate as timeSpan } from '../../core/wording/format-duration.ts'
export { counted, joinAnd as listed } from '../../core/text/grammar.ts'
export { marginAmount } from '../../core/wording/phrases.ts'

/** Parameters and MACs: 109386 -> "109 k", 1330000 -> "1.3 M". */
export function short(value: number): string {
  if (value < 1000) return String(value)
  const [scaled, unit] = value < 999_500 ? [value / 1000, 'k'] : [value / 1e6, 'M']
  return `${scaled < 9.95 ? scaled.toFixed(1) : Math.round(scaled)} ${unit}`
}

/** "12" or "3.5": how many times smaller, without a decimal that says nothing. */
export function times(ratio: number): string {
  return ratio < 9.95 ? ratio.toFixed(1).replace(/\.0$/, '') : formatCount(Math.round(ratio))
}

/** "12× fewer" of `ratio` = larger over smaller, or "1.5× more"; null where nobody would see a difference ("1×"). */
export function factor(ratio: number, [less, more]: readonly [less: string, more: string]): string | null {
  const text = times(Math.max(ratio, 1 / ratio))
  return text === '1' ? null : `${text}× ${ratio > 1 ? less : more}`
}

/** Epochs with one decimal where it says something: 6.64 -> "6.6", 40 -> "40", 1250.3 -> "1,250". */
export function epochNumber(epochs: number): string {
  return epochs < 999.95 ? String(Number(epochs.toFixed(1))) : formatCount(Math.round(epochs))
}

/** Milliseconds of a latency to three significant digits: 0.0523 -> "0.0523", 11.93 -> "11.9". */
export function latency(ms: number): string {
  if (ms <= 0) return '0'
  const digits = Math.min(4, Math.max(0, 2 - Math.floor(Math.log10(ms))))
  return digits === 0 ? formatCount(Math.round(ms)) : ms.toFixed(digits)
}

/** Bytes as MB (10^6): two decimals, more where a small model would read 0.00 or 0.01. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e5 ? 4 : 2)
}

/** A difference of the primary metric: points for accuracy (a fraction), nat for NLL. */
export function difference(value: number, metric: PrimaryMetric): string {
  const { scale, tableDigits } = judgedOf(metric)
  return formatSigned(value * scale, tableDigits)
}

/** A phrase as a sentence: its first letter large, a full stop at its end. */
export function sentence(phrase: string): string {
  const text = phrase.charAt(0).toUpperCase() + phrase.slice(1)
  return text === '' || /[.?!]$/.test(text) ? text : `${text}.`
}

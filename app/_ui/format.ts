const MINUS = '−'

/** 1432 -> "1,432". */
export function count(value: number): string {
  return String(Math.trunc(Math.abs(value)))
    .replace(/\B(?=(\d{3})+$)/g, ',')
    .replace(/^/, value < 0 ? MINUS : '')
}

/** A decimal with a true minus: -1.5 -> "−1.50". Zero never carries a sign. */
export function decimal(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits)
  return value < 0 && Number(text) !== 0 ? MINUS + text : text
}

/** As `decimal`, with a plus before positive values. */
export function signed(value: number, digits = 2): string {
  const text = decimal(value, digits)
  return value > 0 && Number(text) !== 0 ? `+${text}` : text
}

/** Parameters and MACs: 109386 -> "109 k", 1330000 -> "1.3 M". */
export function short(value: number): string {
  if (value < 1000) return String(value)
  const [scaled, unit] = value < 999_500 ? [value / 1000, 'k'] : [value / 1e6, 'M']
  return `${scaled < 9.95 ? scaled.toFixed(1) : Math.round(scaled)} ${unit}`
}

/** "12" or "3.5": how many times smaller, without a decimal that says nothing. */
export function times(ratio: number): string {
  return ratio < 9.95 ? ratio.toFixed(1).replace(/\.0$/, '') : count(Math.round(ratio))
}

/** Milliseconds of a latency to three significant digits: 0.0523 -> "0.0523", 11.93 -> "11.9". */
export function latency(ms: number): string {
  if (ms <= 0) return '0'
  const digits = Math.min(4, Math.max(0, 2 - Math.floor(Math.log10(ms))))
  return ms.toFixed(digits)
}

/** Bytes as MB (10^6): two decimals, more where a small model would read 0.00 or 0.01. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e5 ? 4 : 2)
}

/** How long something takes: "40 s", "12 min", "1 h 50 min", "2 days". Rounded as an estimate deserves. */
export function duration(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 9.5) return `${Math.max(1, Math.round(seconds))} s`
  if (seconds < 89.5) return `${Math.round(seconds / 5) * 5} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `${minutes} min`
  const tens = Math.round(minutes / 10) * 10
  if (tens < 60 * 36)
    return tens % 60 === 0 ? `${tens / 60} h` : `${Math.floor(tens / 60)} h ${tens % 60} min`
  return `${Math.round(minutes / 1440)} days`
}

/** A difference of the primary metric: points for accuracy (a fraction), nats for NLL. */
export function difference(value: number, metric: 'accuracy' | 'nll'): string {
  return metric === 'accuracy' ? signed(value * 100, 2) : signed(value, 3)
}

/** The margin in words: "1 point", "0.5 points", "0.02 nats". */
export function marginText(margin: number, metric: 'accuracy' | 'nll'): string {
  const value = metric === 'accuracy' ? margin * 100 : margin
  const text = String(Number(value.toPrecision(6)))
  const unit = metric === 'accuracy' ? 'point' : 'nat'
  return `${text} ${unit}${text === '1' ? '' : 's'}`
}

/** A phrase as a sentence: its first letter large, a full stop at its end. */
export function sentence(phrase: string): string {
  const text = phrase.charAt(0).toUpperCase() + phrase.slice(1)
  return text === '' || /[.?!]$/.test(text) ? text : `${text}.`
}

/** "1 run", "31 runs". */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`
}

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? ''
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`
}

import { formatCount, formatNumber, formatPlain, formatSigned } from '../evaluation/format-number.ts'

export type PrimaryMetricName = 'accuracy' | 'nll'

/** How differences of a metric are said: accuracy in percentage points, NLL in nats. */
const sayings = {
  accuracy: {
    noun: 'accuracy',
    scale: 100,
    digits: 1,
    one: 'point',
    many: 'points',
    better: 'raised',
    worse: 'lowered',
  },
  nll: { noun: 'NLL', scale: 1, digits: 3, one: 'nat', many: 'nat', better: 'lowered', worse: 'raised' },
} as const

export const sayingsOf = (metric: PrimaryMetricName): (typeof sayings)[PrimaryMetricName] => sayings[metric]

/** Two products such as 0.07 · 100 = 7.000000000000001 must not decide on which side of the margin a limit lies. */
const shown = (value: number, scale: number): number => Number((value * scale).toPrecision(12))

/**
 * Digits for an estimate and its interval: one for points and three for nats, more (up to two) where rounding
 * would move an end onto or across 0 or the margin.
 */
export const digitsFor = (metric: PrimaryMetricName, ends: readonly number[], margin: number): number => {
  const { scale, digits } = sayings[metric]
  const marks = [0, shown(margin, scale), -shown(margin, scale)]
  const faithful = (d: number): boolean =>
    ends.every((end) => {
      const exact = shown(end, scale)
      const rounded = Number(exact.toFixed(d))
      return marks.every((mark) => Math.sign(rounded - mark) === Math.sign(exact - mark))
    })
  if (faithful(digits)) return digits
  return faithful(digits + 1) ? digits + 1 : digits + 2
}

/** "1 point", "0.5 points", "0.02 nat" */
export const marginAmount = (metric: PrimaryMetricName, margin: number): string => {
  const { scale, one, many } = sayings[metric]
  const value = shown(margin, scale)
  return `${formatPlain(value)} ${value === 1 ? one : many}`
}

/** "1-point margin", "0.02-nat margin" */
export const marginName = (metric: PrimaryMetricName, margin: number): string => {
  const { scale, one } = sayings[metric]
  return `${formatPlain(shown(margin, scale))}-${one} margin`
}

/** "+1.8 points", "−0.021 nat" */
export const signedAmount = (metric: PrimaryMetricName, value: number, digits: number): string =>
  `${formatSigned(value * sayings[metric].scale, digits)} ${sayings[metric].many}`

/** "1.8 points", without a sign: the verb carries it. */
export const plainAmount = (metric: PrimaryMetricName, value: number, digits: number): string =>
  `${formatNumber(Math.abs(value) * sayings[metric].scale, digits)} ${sayings[metric].many}`

/** "−0.4 to +1.7" */
export const signedRange = (
  metric: PrimaryMetricName,
  [low, high]: readonly [number, number],
  digits: number,
): string => {
  const { scale } = sayings[metric]
  return `${formatSigned(low * scale, digits)} to ${formatSigned(high * scale, digits)}`
}

/** "1.2 to 2.5", smaller magnitude first, for an interval on one side of 0. */
export const plainRange = (
  metric: PrimaryMetricName,
  [low, high]: readonly [number, number],
  digits: number,
): string => {
  const { scale } = sayings[metric]
  const [near, far] = [Math.abs(low), Math.abs(high)].sort((a, b) => a - b)
  return `${formatNumber((near ?? 0) * scale, digits)} to ${formatNumber((far ?? 0) * scale, digits)}`
}

/** "a", "a and b", "a, b and c" */
export const joinAnd = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`

/** "seed 4", "seeds 4 and 6" */
export const seedList = (seeds: readonly number[]): string =>
  `${seeds.length === 1 ? 'seed' : 'seeds'} ${joinAnd(seeds.map(String))}`

/** "1 seed", "8 seeds", "2,000 runs" */
export const counted = (count: number, one: string, many: string = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`

/** A label within a sentence: "soft targets"; names with capitals of their own stay, "FitNet hints". */
export const withinSentence = (label: string): string => {
  const first = label.split(/[\s,(]/, 1)[0] ?? ''
  return /^\p{Lu}\p{Ll}+(-\p{Ll}+)*$/u.test(first) ? label.charAt(0).toLowerCase() + label.slice(1) : label
}

/** "95 %" of alpha 0.05 */
export const levelText = (alpha: number): string =>
  `${formatPlain(Number((100 * (1 - alpha)).toPrecision(12)))} %`

import { betterAboveZero, type Saying } from '../metrics/metric.ts'
import { judgedOf } from '../metrics/registry.ts'
import type { SpokenMetric } from '../contracts/verdict.ts'
import { formatCount, formatNumber, formatPlain, formatSigned } from '../text/format-number.ts'
import { joinAnd } from '../text/grammar.ts'

/** Scores of a file have no unit that is known. */
const ofFile: Saying = {
  ...betterAboveZero('the score'),
  scale: 1,
  digits: 3,
  tableDigits: 3,
  one: '',
  many: '',
  better: 'improved',
  worse: 'worsened',
}

/** How differences of a metric are said. */
export const sayingsOf = (metric: SpokenMetric): Saying => (metric === 'score' ? ofFile : judgedOf(metric))

/** "1.2 points"; nothing after a number without a unit. */
const withUnit = (number: string, unit: string): string => (unit === '' ? number : `${number} ${unit}`)

/** Scores of a file have any size: three figures of the largest end. */
const usualDigits = (metric: SpokenMetric, ends: readonly number[]): number => {
  if (metric !== 'score') return sayingsOf(metric).digits
  const largest = Math.max(...ends.map(Math.abs))
  return largest > 0 ? Math.min(Math.max(2 - Math.floor(Math.log10(largest)), 0), 12) : 3
}

/** Two products such as 0.07 · 100 = 7.000000000000001 must not decide on which side of the margin a limit lies. */
const shown = (value: number, scale: number): number => Number((value * scale).toPrecision(12))

/**
 * Digits for an estimate and its interval: one for points and three for nats, more (up to two) where rounding
 * would move an end onto or across 0 or the margin.
 */
export const digitsFor = (metric: SpokenMetric, ends: readonly number[], margin: number): number => {
  const { scale } = sayingsOf(metric)
  const digits = usualDigits(metric, ends)
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
export const marginAmount = (metric: SpokenMetric, margin: number): string => {
  const { scale, one, many } = sayingsOf(metric)
  const value = shown(margin, scale)
  return withUnit(formatPlain(value), value === 1 ? one : many)
}

/** "1-point margin", "0.02-nat margin" */
export const marginName = (metric: SpokenMetric, margin: number): string => {
  const { scale, one } = sayingsOf(metric)
  const value = formatPlain(shown(margin, scale))
  return one === '' ? `margin of ${value}` : `${value}-${one} margin`
}

/** "+1.8 points", "−0.021 nat" */
export const signedAmount = (metric: SpokenMetric, value: number, digits: number): string =>
  withUnit(formatSigned(value * sayingsOf(metric).scale, digits), sayingsOf(metric).many)

/** "1.8 points", without a sign: the verb carries it. */
export const plainAmount = (metric: SpokenMetric, value: number, digits: number): string =>
  withUnit(formatNumber(Math.abs(value) * sayingsOf(metric).scale, digits), sayingsOf(metric).many)

/** "−0.4 to +1.7" */
export const signedRange = (
  metric: SpokenMetric,
  [low, high]: readonly [number, number],
  digits: number,
): string => {
  const { scale } = sayingsOf(metric)
  return `${formatSigned(low * scale, digits)} to ${formatSigned(high * scale, digits)}`
}

/** "1.2 to 2.5", smaller magnitude first, for an interval on one side of 0. */
export const plainRange = (
  metric: SpokenMetric,
  [low, high]: readonly [number, number],
  digits: number,
): string => {
  const { scale } = sayingsOf(metric)
  const [near, far] = [Math.abs(low), Math.abs(high)].sort((a, b) => a - b)
  return `${formatNumber((near ?? 0) * scale, digits)} to ${formatNumber((far ?? 0) * scale, digits)}`
}

/** "seed 4", "seeds 4 and 6" */
export const seedList = (seeds: readonly number[]): string =>
  `${seeds.length === 1 ? 'seed' : 'seeds'} ${joinAnd(seeds.map(String))}`

/** "every step", "every 100 steps" */
export const everySteps = (steps: number): string =>
  steps === 1 ? 'every step' : `every ${formatCount(steps)} steps`

/** A label within a sentence: "soft targets"; names with capitals of their own stay, "FitNet hints". */
export const withinSentence = (label: string): string => {
  const first = label.split(/[\s,(]/, 1)[0] ?? ''
  return /^\p{Lu}\p{Ll}+(-\p{Ll}+)*$/u.test(first) ? label.charAt(0).toLowerCase() + label.slice(1) : label
}

/** "95 %" of alpha 0.05 */
export const levelText = (alpha: number): string => {
  // Six digits, or as many as it takes to tell the level from 100 %.
  const digits = Math.min(15, Math.max(6, Math.ceil(-Math.log10(alpha)) + 2))
  return `${Number((100 * (1 - alpha)).toPrecision(digits))} %`
}

import { fraction, linearTicks, logTicks, tickDigits } from './ticks.ts'
import type { Domain } from './ticks.ts'

/** One axis, ready to draw: values in the unit of its title. */
export interface AxisScale {
  /** Name and unit: "Test accuracy, %". */
  title: string
  domain: Domain
  log: boolean
  ticks: number[]
  /** One text a tick. */
  labels: string[]
}

/** A linear axis over `domain` with at most `most` round ticks. */
export function linearScale(title: string, domain: Domain, most: number): AxisScale {
  const ticks = linearTicks(domain, most)
  return { title, domain, log: false, ticks, labels: tickLabels(ticks) }
}

/** A logarithmic axis over a positive `domain` with at most `most` round ticks. */
export function logScale(title: string, domain: Domain, most: number): AxisScale {
  const ticks = logTicks(domain, most)
  return { title, domain, log: true, ticks, labels: ticks.map(plainLabel) }
}

/** Where `value` lies on the axis: 0 at its start, 1 at its end; not clamped. NaN for what a log axis cannot show. */
export function along(scale: AxisScale, value: number): number {
  if (!scale.log) return fraction(value, scale.domain)
  const [low, high] = scale.domain
  return value > 0 ? fraction(Math.log10(value), [Math.log10(low), Math.log10(high)]) : Number.NaN
}

/** All ticks with the same number of decimals, true minus, thousands with a comma. */
export function tickLabels(ticks: readonly number[]): string[] {
  const digits = tickDigits(ticks)
  return ticks.map((tick) => grouped(tick.toFixed(digits)))
}

function plainLabel(tick: number): string {
  return grouped(String(Number(tick.toPrecision(3))))
}

function grouped(text: string): string {
  const [whole = '', decimals] = text.replace('-', '').split('.')
  const sign = text.startsWith('-') && Number(text) !== 0 ? '−' : ''
  const commas = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return sign + commas + (decimals === undefined ? '' : `.${decimals}`)
}

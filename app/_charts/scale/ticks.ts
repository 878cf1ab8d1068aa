export type Domain = readonly [low: number, high: number]

/**
 * Round values inside `domain`, a step of 1, 2 or 5 times a power of ten apart, ascending; at most `most` of them,
 * more only where that would leave fewer than two.
 * Throws RangeError when the domain is empty or not finite.
 */
export function linearTicks(domain: Domain, most: number): number[] {
  const [low, high] = checked(domain)
  for (let wanted = Math.max(1, most); wanted < most + 8; wanted++) {
    const ticks = ticksEvery(niceStep((high - low) / wanted), low, high)
    if (ticks.length >= 2) return ticks
  }
  return ticksEvery(niceStep((high - low) / (most + 8)), low, high)
}

function ticksEvery(step: number, low: number, high: number): number[] {
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  )
}

const MANTISSAS = [[1, 1.5, 2, 3, 4, 6, 8], [1, 2, 3, 5, 8], [1, 2, 5], [1, 3], [1]] as const

/**
 * Round values inside a positive `domain` for a logarithmic axis: the densest list that has at most `most` of them,
 * or linear ticks where the domain is so narrow that it holds fewer than two. Throws RangeError at 0 or below.
 */
export function logTicks(domain: Domain, most: number): number[] {
  const [low, high] = checked(domain)
  if (low <= 0) throw new RangeError('A logarithmic axis needs a positive domain.')
  for (const mantissas of MANTISSAS) {
    const ticks = logCandidates(low, high, mantissas)
    if (ticks.length <= most) return ticks.length >= 2 ? ticks : linearTicks(domain, most)
  }
  const powers = logCandidates(low, high, [1])
  const every = Math.ceil(powers.length / most)
  return powers.filter((_, index) => index % every === 0)
}

function logCandidates(low: number, high: number, mantissas: readonly number[]): number[] {
  const first = Math.floor(Math.log10(low))
  const last = Math.ceil(Math.log10(high))
  return Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index))
    .flatMap((power) => mantissas.map((mantissa) => Number((mantissa * power).toPrecision(12))))
    .filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9))
}

/** The smallest step of 1, 2 or 5 times a power of ten that is at least `rough`. */
export function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const mantissa = [1, 2, 5].find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10
  return mantissa * power
}

/** Decimals that tell neighbouring ticks apart, 0 to 6. */
export function tickDigits(ticks: readonly number[]): number {
  const [first, second] = ticks
  if (first === undefined) return 0
  const step = second === undefined ? Math.abs(first) : Math.abs(second - first)
  if (step === 0) return 0
  return Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)))
}

/**
 * The range of `values` with `padding` (a share of it) on either side; around a single value a range of `least`.
 * null without any finite value.
 */
export function paddedDomain(values: Iterable<number>, padding: number, least: number): Domain | null {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (low > high) return null
  const span = Math.max(high - low, least)
  const middle = (low + high) / 2
  return [middle - span * (0.5 + padding), middle + span * (0.5 + padding)]
}

/** Where `value` lies in `domain`: 0 at its low end, 1 at its high end; not clamped. */
export function fraction(value: number, [low, high]: Domain): number {
  return (value - low) / (high - low)
}

function checked(domain: Domain): Domain {
  const [low, high] = domain
  if (!Number.isFinite(low) || !Number.isFinite(high) || !(low < high)) {
    throw new RangeError(`An axis needs two finite, ascending ends, not ${low} and ${high}.`)
  }
  return domain
}

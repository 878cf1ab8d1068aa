import type { TimeEstimate } from '../contracts/time-estimate.ts'
import { formatCount } from '../text/format-number.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const month = 30.44 * day
const year = 365.25 * day

/** Units by the length up to which a person would use them, with the steps that they are rounded to. */
const units = [
  { below: 9.5 * second, unit: second, round: 1, one: 's', many: 's' },
  { below: 89.5 * second, unit: second, round: 5, one: 's', many: 's' },
  { below: 89.5 * minute, unit: minute, round: 1, one: 'min', many: 'min' },
  { below: 36 * hour, unit: hour, round: 1, one: 'h', many: 'h' },
  { below: 13.5 * day, unit: day, round: 1, one: 'day', many: 'days' },
  { below: 59.5 * day, unit: 7 * day, round: 1, one: 'week', many: 'weeks' },
  { below: 23.5 * month, unit: month, round: 1, one: 'month', many: 'months' },
  { below: 99.5 * year, unit: year, round: 1, one: 'year', many: 'years' },
] as const

interface Shown {
  amount: string
  unit: string
  /** "1 h 30" of min: the hours stand in the amount. */
  ofTwo?: true
}

function shown(ms: number): Shown {
  const fit = units.find(({ below }) => ms < below)
  if (fit === undefined) return { amount: 'more than 100', unit: 'years' }
  const { unit, round, one, many } = fit
  if (one === 'h') return hours(ms)
  const amount = Math.max(1, Math.round(ms / unit / round) * round)
  return { amount: formatCount(amount), unit: amount === 1 ? one : many }
}

/** To ten minutes: "1 h 30 min", "2 h". */
function hours(ms: number): Shown {
  const tens = Math.round(ms / minute / 10) * 10
  return tens % 60 === 0
    ? { amount: String(tens / 60), unit: 'h' }
    : { amount: `${Math.floor(tens / 60)} h ${tens % 60}`, unit: 'min', ofTwo: true }
}

/** How long something takes: "40 s", "12 min", "1 h 50 min", "2 days", "4 years". Rounded as an estimate deserves. */
export function formatDuration(ms: number): string {
  const { amount, unit } = shown(ms)
  return `${amount} ${unit}`
}

/** An expected time as a number or, where this machine has not yet shown how fast it is, as a range: "1 to 3 min". */
export function formatEstimate({ ms, lowMs, highMs }: TimeEstimate): string {
  const [low, high] = [shown(lowMs), shown(highMs)]
  if (low.unit === high.unit && low.amount === high.amount) return formatDuration(ms)
  // "50 min to 1 h 20 min": the hours of one end are not those of the other.
  if (low.unit !== high.unit || low.ofTwo === true || high.ofTwo === true)
    return `${formatDuration(lowMs)} to ${formatDuration(highMs)}`
  return `${low.amount} to ${high.amount} ${high.unit}`
}

import { z } from 'zod'
import { isVisible } from '../text/visible.ts'

/** What a client logs beside a training, in one request: the limits are MLflow's. */

const mostMetrics = 1_000
const mostParams = 100
const mostTags = 100
const longestKey = 250
const longestParam = 6_000
const longestTag = 8_000

const keyCharacters = /^[\p{L}\p{N}_/.\- :]+$/u
const keyRule = `A name has 1 to ${longestKey} characters, not spaces alone: letters, digits, spaces, and _ / . - :`

const isKey = (key: unknown): key is string =>
  typeof key === 'string' && key.length <= longestKey && keyCharacters.test(key) && isVisible(key)

const isTime = (at: unknown): boolean =>
  at === undefined || (typeof at === 'number' && Number.isSafeInteger(at) && at >= 0)

export interface LoggedPoint {
  key: string
  /** Any whole number; what the client counts. */
  step: number
  /** Finite. */
  value: number
  /** Milliseconds since 1970; left out: when the server stores it. */
  at?: number | undefined
}

const pointNames: ReadonlySet<string> = new Set<keyof LoggedPoint>(['key', 'step', 'value', 'at'])

/** A thousand points are checked by a plain function: an object schema costs as much as storing them. */
const LoggedPoint = z.custom<LoggedPoint>((input) => problemOf(input) === null, {
  error: ({ input }) => problemOf(input) ?? 'This is not a point.',
})

/** What is wrong with a point and what to do, or null. */
function problemOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null) return 'A point is an object: { key, step, value }.'
  for (const name in input) {
    if (!pointNames.has(name))
      return `A point has key, step, value and perhaps at; "${name.slice(0, longestKey)}" is none of them.`
  }
  const { key, step, value, at } = input as Partial<Record<keyof LoggedPoint, unknown>>
  if (!isKey(key)) return keyRule
  if (!Number.isSafeInteger(step)) return `The step of "${key}" is ${String(step)}: send a whole number.`
  if (!Number.isFinite(value)) {
    return `The value of "${key}" at step ${String(step)} is ${String(value)}: only finite numbers are stored. Leave this point out, or say in a tag what happened.`
  }
  return isTime(at)
    ? null
    : `The time of "${key}" is ${String(at)}: send milliseconds since 1970, or leave it out.`
}

const Key = z.custom<string>(isKey, { error: keyRule })
const text = (longest: number): z.ZodString =>
  z.string().max(longest, `At most ${longest} characters are stored: shorten it, or store a file.`)
const list = <T extends z.ZodType>(item: T, most: number, what: string) =>
  z.array(item).max(most, `At most ${most} ${what} a request: send the rest in further requests.`).default([])

export const LogBatch = z.strictObject({
  runId: z.string().max(256),
  metrics: list(LoggedPoint, mostMetrics, 'metrics'),
  params: list(z.strictObject({ key: Key, value: text(longestParam) }), mostParams, 'params'),
  tags: list(z.strictObject({ key: Key, value: text(longestTag) }), mostTags, 'tags'),
})
export type LogBatch = z.infer<typeof LogBatch>

/** What a batch added; what was there already, point for point, does not count. */
export interface LoggedBatch {
  runId: string
  metrics: number
  params: number
  tags: number
}

import fs from 'node:fs'
import type { Readable } from 'node:stream'
import type { ZodError } from 'zod'
import { VerdictProblem } from '../../core/contracts/verdict-problem.ts'
import { isVisible } from '../../core/text/visible.ts'
import { CommandError } from './command-error.ts'
import { escapeControls } from './escape-controls.ts'
import { repeatedKeys } from './repeated-keys.ts'

const refuse = (message: string, cause?: unknown): CommandError =>
  new CommandError(escapeControls(message), { exitCode: 2, cause })

/** Of a wrong file the first few faults tell enough. */
const mostFaults = 5

/**
 * The parsed JSON of a file, or of standard input where the file is `-`.
 * @throws CommandError with exit code 2 for a file that cannot be read, is empty, is not JSON or holds a key twice.
 */
export async function readJson(file: string, input: Readable): Promise<unknown> {
  const name = file === '-' ? 'standard input' : file
  const text = await readText(file, name, input)
  if (text.trim() === '') throw refuse(`${name} is empty; a problem or a list of problems is expected`)
  const value = parseJson(text, name)
  const repeated = repeatedKeys(text)
  if (repeated.length > 0) throw refuse(someOf(repeated))
  return value
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw refuse(`${name} is not JSON: ${error instanceof Error ? error.message : String(error)}`, error)
  }
}

async function readText(file: string, name: string, input: Readable): Promise<string> {
  try {
    if (file !== '-') return withoutMark(await fs.promises.readFile(file, 'utf8'))
    const chunks: Buffer[] = []
    for await (const chunk of input) chunks.push(Buffer.from(chunk))
    return withoutMark(Buffer.concat(chunks).toString('utf8'))
  } catch (error) {
    throw refuse(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`, error)
  }
}

/** Some editors put a byte order mark before the text. */
const withoutMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text)

/**
 * One problem. Numbers within its lists are left to the statistics, which name the cell.
 * @param name what messages call it: "problem", "problems[3]"
 * @throws CommandError with exit code 2 that names what is at fault, unknown keys included.
 */
export function readProblem(value: unknown, name: string): VerdictProblem {
  const methods: unknown = isObject(value) ? value.methods : undefined
  const unfit = isObject(methods) ? Object.keys(methods).find(isNoName) : undefined
  if (unfit !== undefined)
    throw refuse(`${name}.methods: "${spelledOut(unfit)}" cannot be the name of a method`)
  const twins = isObject(methods) ? twinsAmong(Object.keys(methods)) : null
  if (twins !== null)
    throw refuse(
      `${name}.methods: ${twins.map((twin) => `"${spelledOut(twin)}"`).join(' and ')} look alike; give every method a name of its own`,
    )
  const parsed = VerdictProblem.safeParse(value, { reportInput: true })
  if (!parsed.success) throw refuse(faultsOf(parsed.error, name), parsed.error)
  return parsed.data
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** An object that is read by keys would lose an arm called `__proto__` without a word. */
const isNoName = (name: string): boolean => !isVisible(name) || name === '__proto__'

/** Two names of which a reader sees the same. */
function twinsAmong(names: readonly string[]): [string, string] | null {
  const bySight = new Map<string, string>()
  for (const name of names) {
    const seen = name
      .normalize('NFC')
      .replaceAll(/[\p{Format}\p{Control}]/gu, '')
      .replaceAll(/\s+/g, ' ')
      .trim()
    const twin = bySight.get(seen)
    if (twin !== undefined) return [twin, name]
    bySight.set(seen, name)
  }
  return null
}

/** With what is not seen as its number. */
const spelledOut = (text: string): string =>
  text.replaceAll(/[^\P{Format}]|[^\S ]/gu, (found) => `\\u{${found.codePointAt(0)?.toString(16)}}`)

type Fault = ZodError['issues'][number]

const faultsOf = ({ issues }: ZodError, name: string): string =>
  someOf(issues.map((issue) => faultOf(issue, name)))

const someOf = (faults: readonly string[]): string => {
  const more = faults.length - mostFaults
  return `${faults.slice(0, mostFaults).join('; ')}${more > 0 ? `; and ${more} more` : ''}`
}

function faultOf(issue: Fault, name: string): string {
  const place = [
    name,
    ...issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)),
  ].join('')
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `${place} is missing: ${expectedText(issue.expected)}`
        : `${place}: ${kindOf(issue.input)}, not ${expectedText(issue.expected)}`
    case 'custom':
      return `${place}: ${kindOf(issue.input)}, not ${issue.message}`
    case 'unrecognized_keys':
      return `${issue.keys.map((key) => `${place}.${key}`).join(', ')}: unknown, the keys are ${keys.join(', ')}`
    default:
      return `${place}: ${issue.message}`
  }
}

const keys = Object.keys(VerdictProblem.shape)
const needed = Object.entries(VerdictProblem.shape).flatMap(([key, schema]) =>
  schema.safeParse(undefined).success ? [] : [key],
)

function expectedText(expected: string): string {
  switch (expected) {
    case 'object':
      return `an object with the keys ${needed.join(', ')}`
    case 'record':
      return 'an object with a list of rows for every method'
    case 'array':
      return 'a list of rows, each a list of numbers'
    case 'boolean':
      return 'true or false'
    case 'number':
      return 'a finite number'
    default:
      return expected
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number') return Number.isFinite(value) ? 'a number' : String(value)
  if (typeof value === 'string') return 'a string'
  return typeof value === 'boolean' ? String(value) : 'an object'
}

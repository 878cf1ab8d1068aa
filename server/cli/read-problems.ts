import fs from 'node:fs'
import type { Readable } from 'node:stream'
import type { ZodError } from 'zod'
import { VerdictProblem } from '../../core/contracts/verdict-problem.ts'
import { CommandError } from './command-error.ts'

const refuse = (message: string, cause?: unknown): CommandError =>
  new CommandError(message, { exitCode: 2, cause })

/** Of a wrong file the first few faults tell enough. */
const mostFaults = 5

/**
 * The parsed JSON of a file, or of standard input where the file is `-`.
 * @throws CommandError with exit code 2 for a file that cannot be read, is empty or is not JSON.
 */
export async function readJson(file: string, input: Readable): Promise<unknown> {
  const name = file === '-' ? 'standard input' : file
  const text = await readText(file, name, input)
  if (text.trim() === '') throw refuse(`${name} is empty; a problem or a list of problems is expected`)
  try {
    const value: unknown = JSON.parse(text)
    return value
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
 * @throws RangeError that names the argument, unknown ones included.
 */
export function readProblem(value: unknown): VerdictProblem {
  // An object that is read by keys would lose an arm of this name without a word.
  const methods: unknown = isObject(value) ? value.methods : undefined
  if (isObject(methods) && Object.hasOwn(methods, '__proto__'))
    throw new RangeError('methods: "__proto__" cannot be the name of a method')
  const parsed = VerdictProblem.safeParse(value)
  if (!parsed.success) throw new RangeError(faultsOf(parsed.error))
  return parsed.data
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function faultsOf({ issues }: ZodError): string {
  const faults = issues.slice(0, mostFaults).map(({ path, message }) => {
    const at = path.map((key, depth) =>
      typeof key === 'number' ? `[${key}]` : `${depth === 0 ? '' : '.'}${String(key)}`,
    )
    return at.length === 0 ? message : `${at.join('')}: ${message}`
  })
  const more = issues.length - faults.length
  return `${faults.join('; ')}${more > 0 ? `; and ${more} more` : ''}`
}

import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { StartError } from './start-error.ts'

const whole = z.string().regex(/^\d+$/, 'it must be a whole number').transform(Number)
const atLeastOne = whole.pipe(z.number().min(1, 'it must be at least 1'))
const oneOf = <const Choices extends readonly [string, ...string[]]>(choices: Choices) =>
  z.enum(choices, `it must be one of ${choices.join(', ')}`)

const Variables = z.object({
  STILLHOUSE_HOME: z.string().min(1).optional(),
  STILLHOUSE_PORT: whole.pipe(z.number().max(65_535, 'ports end at 65535')).optional(),
  STILLHOUSE_HOST: z.string().min(1).optional(),
  STILLHOUSE_CORES: atLeastOne.optional(),
  STILLHOUSE_ENGINE: oneOf(['auto', 'native', 'wasm', 'cpu']).optional(),
  STILLHOUSE_MEMORY_LIMIT_MB: atLeastOne.optional(),
  STILLHOUSE_LOG: oneOf(['debug', 'info', 'warn', 'error']).optional(),
})

export interface Env {
  /** Absolute path of the state folder. */
  home: string
  host: string
  port: number
  /** Trainings side by side. */
  cores: number
  engine: 'auto' | 'native' | 'wasm' | 'cpu'
  /** Resident size at which a trainer is stopped. */
  memoryLimitBytes: number
  logLevel: 'debug' | 'info' | 'warn' | 'error'
}

/** The settings of this process. Throws a StartError that names the variable. */
export function readEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const parsed = Variables.safeParse(variables)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new StartError(`${issue?.path.join('.')} is not valid: ${issue?.message}.`)
  }
  const given = parsed.data
  return {
    home: path.resolve(given.STILLHOUSE_HOME ?? '.stillhouse'),
    host: given.STILLHOUSE_HOST ?? '127.0.0.1',
    port: given.STILLHOUSE_PORT ?? 3000,
    cores: given.STILLHOUSE_CORES ?? os.availableParallelism(),
    engine: given.STILLHOUSE_ENGINE ?? 'auto',
    memoryLimitBytes: (given.STILLHOUSE_MEMORY_LIMIT_MB ?? 4096) * 1024 * 1024,
    logLevel: given.STILLHOUSE_LOG ?? 'info',
  }
}

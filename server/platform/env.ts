import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { StartError } from './start-error.ts'

const whole = z.string().regex(/^\d+$/, 'a whole number').transform(Number)

const Variables = z.object({
  STILLHOUSE_HOME: z.string().min(1).optional(),
  STILLHOUSE_PORT: whole.pipe(z.number().max(65_535)).optional(),
  STILLHOUSE_HOST: z.string().min(1).optional(),
  STILLHOUSE_CORES: whole.pipe(z.number().min(1)).optional(),
  STILLHOUSE_ENGINE: z.enum(['auto', 'native', 'wasm', 'cpu']).optional(),
  STILLHOUSE_MEMORY_LIMIT_MB: whole.pipe(z.number().min(1)).optional(),
  STILLHOUSE_LOG: z.enum(['debug', 'info', 'warn', 'error']).optional(),
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

import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { StartError } from './start-error.ts'

const whole = z.string().regex(/^\d+$/, 'it must be a whole number').transform(Number)
const atLeastOne = whole.pipe(z.number().min(1, 'it must be at least 1'))
const oneOf = <const Choices extends readonly [string, ...string[]]>(choices: Choices) =>
  z.enum(choices, `it must be one of ${choices.join(', ')}`)

/** `1`, or names by which the network knows this server. Empty or 0: closed. */
const hostNames = z
  .string()
  .regex(/^(\s*[a-z\d][a-z\d.-]*\s*(,|$))*$/i, 'it must be 1, or host names with commas between them')
  .transform((text) =>
    text
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  )
  .transform((names) => (names.every((name) => name === '0') ? null : names.filter((name) => name !== '1')))

const Variables = z.object({
  STILLHOUSE_HOME: z.string().min(1).optional(),
  STILLHOUSE_PORT: whole.pipe(z.number().max(65_535, 'ports end at 65535')).optional(),
  STILLHOUSE_HOST: z.string().min(1).optional(),
  STILLHOUSE_OPEN: hostNames.optional(),
  STILLHOUSE_CORES: atLeastOne.optional(),
  STILLHOUSE_ENGINE: oneOf(['auto', 'native', 'wasm', 'cpu']).optional(),
  STILLHOUSE_MEMORY_LIMIT_MB: atLeastOne.optional(),
  STILLHOUSE_LOG: oneOf(['debug', 'info', 'warn', 'error']).optional(),
})

export interface Env {
  /** Absolute path of the state folder. */
  home: string
  host: string
  /** null: for this machine alone; else for everyone on its network, under these names beside its own. */
  open: readonly string[] | null
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
    open: given.STILLHOUSE_OPEN ?? null,
    port: given.STILLHOUSE_PORT ?? 3000,
    cores: given.STILLHOUSE_CORES ?? os.availableParallelism(),
    engine: given.STILLHOUSE_ENGINE ?? 'auto',
    memoryLimitBytes: (given.STILLHOUSE_MEMORY_LIMIT_MB ?? 4096) * 1024 * 1024,
    logLevel: given.STILLHOUSE_LOG ?? 'info',
  }
}

/** A server that others can reach has to be meant so. Throws StartError. */
export function refuseUnmeantNetwork({ host, open }: Pick<Env, 'host' | 'open'>): void {
  const loopback = host === 'localhost' || host === '::1' || (net.isIPv4(host) && host.startsWith('127.'))
  if (loopback || open !== null) return
  throw new StartError(
    `STILLHOUSE_HOST=${host} lets everyone on that network read, launch and cancel, for there is no sign-in yet. Set STILLHOUSE_OPEN=1 if that is meant; without STILLHOUSE_HOST only this machine is served.`,
  )
}

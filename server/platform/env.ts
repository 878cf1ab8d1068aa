import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { EngineName, type EngineChoice } from '../../core/contracts/protocol.ts'
import { isLoopback } from './is-loopback.ts'
import { readWholeSetting, type WholeBounds } from './read-whole-setting.ts'
import { StartError } from './start-error.ts'

const whole = (bounds: WholeBounds) =>
  z.string().transform((text, context) => {
    const read = readWholeSetting(text, bounds)
    if ('value' in read) return read.value
    context.addIssue({ code: 'custom', message: read.fault })
    return z.NEVER
  })
/** Exact in bytes too. */
const mostMegabytes = 2 ** 32
const oneOf = <const Choices extends readonly [string, ...string[]]>(choices: Choices) =>
  z.enum(choices, `It must be one of ${choices.join(', ')}.`)

/** `1`, or names by which the network knows this server. Empty or 0: closed. */
const hostNames = z
  .string()
  .regex(/^(\s*[a-z\d][a-z\d.-]*\s*(,|$))*$/i, 'It must be 1, or host names with commas between them.')
  .transform((text) =>
    text
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  )
  // Whoever writes "no" means no host of that name.
  .refine((names) => !names.some((name) => /^(true|false|yes|no|on|off|none)$/i.test(name)), {
    error: 'It must be 1 to open it, 0 to keep it closed, or host names with commas between them.',
  })
  .transform((names) => (names.every((name) => name === '0') ? null : names.filter((name) => name !== '1')))

const Variables = z.object({
  STILLHOUSE_HOME: z.string().min(1, 'Give it a value, or leave it unset.').optional(),
  STILLHOUSE_PORT: whole({ min: 0, max: 65_535 }).optional(),
  STILLHOUSE_HOST: z.string().min(1, 'Give it a value, or leave it unset.').optional(),
  STILLHOUSE_OPEN: hostNames.optional(),
  STILLHOUSE_CORES: whole({ min: 1, max: 1024 }).optional(),
  STILLHOUSE_ENGINE: oneOf(['auto', ...EngineName.options]).optional(),
  STILLHOUSE_MEMORY_LIMIT_MB: whole({ min: 1, max: mostMegabytes }).optional(),
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
  /** Of drafts that name none; where the form starts. */
  engine: EngineChoice
  /** Resident size at which a trainer is stopped. */
  memoryLimitBytes: number
  logLevel: 'debug' | 'info' | 'warn' | 'error'
}

/** The settings of this process. Throws a StartError that names the variable, its value and what to write. */
export function readEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const parsed = Variables.safeParse(variables)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const name = issue?.path.join('.') ?? ''
    throw new StartError(`${name}=${JSON.stringify(variables[name])} is not valid. ${issue?.message}`)
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
  if (isLoopback(host) || open !== null) return
  throw new StartError(
    `STILLHOUSE_HOST=${host} lets everyone on that network read, launch and cancel, for there is no sign-in yet. Set STILLHOUSE_OPEN=1 if that is meant; without STILLHOUSE_HOST only this machine is served.`,
  )
}

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { EngineName } from '../../core/contracts/protocol.ts'

export interface TrainerEntry {
  path: string
  execArgv: string[]
}

/**
 * The trainer program: `chosen`, else the bundle beside this one, else the source through tsx.
 * execArgv is always given: what this process was started with is not inherited.
 */
export const findTrainerEntry = (chosen: string | undefined): TrainerEntry => {
  const bundle = fileURLToPath(new URL('./trainer.js', import.meta.url))
  const path =
    chosen ?? (existsSync(bundle) ? bundle : fileURLToPath(new URL('../trainer/main.ts', import.meta.url)))
  const execArgv = path.endsWith('.ts') ? ['--import', import.meta.resolve('tsx')] : ['--enable-source-maps']
  return { path, execArgv }
}

const passedOn = ['PATH', 'HOME', 'LANG', 'TZ', 'STILLHOUSE_KERNELS', 'STILLHOUSE_CHECKPOINT_MS']

/** A trainer sees these variables and no others: no secrets, no NODE_OPTIONS. */
export const trainerEnvironment = (
  own: Readonly<Record<string, string | undefined>>,
  engine: EngineName,
): NodeJS.ProcessEnv => {
  const environment: NodeJS.ProcessEnv = { NODE_ENV: 'production', STILLHOUSE_ENGINE: engine }
  for (const name of passedOn) {
    const value = own[name]
    if (value !== undefined) environment[name] = value
  }
  return environment
}

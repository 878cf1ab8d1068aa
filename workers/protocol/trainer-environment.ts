import type { EngineChoice } from '../../core/contracts/protocol.ts'

const passedOn = [
  'PATH',
  'HOME',
  'LANG',
  'TZ',
  'XDG_CACHE_HOME',
  'STILLHOUSE_NATIVE',
  'STILLHOUSE_KERNELS',
  'STILLHOUSE_CHECKPOINT_MS',
]

/** A trainer sees these variables and no others: no secrets, no NODE_OPTIONS. */
export function trainerEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  engine: EngineChoice,
): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { NODE_ENV: 'production', STILLHOUSE_ENGINE: engine }
  for (const name of passedOn) {
    const value = own[name]
    if (value !== undefined) environment[name] = value
  }
  return environment
}

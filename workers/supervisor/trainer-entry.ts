import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

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

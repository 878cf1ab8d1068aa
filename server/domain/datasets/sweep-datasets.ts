import fs from 'node:fs'
import path from 'node:path'
import type { StateFolder } from '../../platform/state-folder.ts'

/** Removes what a server that was killed had written of a data set so far. To be called while nobody writes one. */
export function sweepDatasets({ datasets }: Pick<StateFolder, 'datasets'>): void {
  for (const name of fs.readdirSync(datasets)) {
    if (name.endsWith('.part')) fs.rmSync(path.join(datasets, name), { recursive: true, force: true })
  }
}

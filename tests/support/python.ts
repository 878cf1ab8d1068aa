import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

const run = (python: string, args: readonly string[]): SpawnSyncReturns<string> =>
  spawnSync(python, args, { cwd: root, encoding: 'utf8' })

/** The first Python here that has numpy and scipy; Debian's own has them where another stands before it. */
const python =
  [process.env['STILLHOUSE_PYTHON'] ?? 'python3', '/usr/bin/python3'].find(
    (one) => run(one, ['-c', 'import numpy, scipy']).status === 0,
  ) ?? null

/** Where it is missing its tests are left out, but not in CI, which installs it. */
export const withoutScipy = python === null && process.env['CI'] === undefined

export const scipyNote = withoutScipy ? ' (skipped: this machine has no python3 with numpy and scipy)' : ''

/** Runs a script of this repository, from its folder. */
export const runScript = (...args: string[]): SpawnSyncReturns<string> => run(python ?? 'python3', args)

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Where kernels.wasm is: `override` (STILLHOUSE_KERNELS), else dist/kernels.wasm of this package, found upwards from
 * this module, whether it runs from source or from the bundle in dist/.
 * @throws Error that says how to build them
 */
export function locateKernels(override: string | undefined, from: string = import.meta.url): string {
  if (override) return override
  for (let folder = dirname(fileURLToPath(from)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) {
      const path = join(folder, 'dist', 'kernels.wasm')
      if (existsSync(path)) return path
      throw new Error('dist/kernels.wasm is missing. Build it with: npm run build')
    }
    if (folder === dirname(folder))
      throw new Error('No package.json above the trainer: is this installation whole?')
  }
}

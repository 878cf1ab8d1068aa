import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** The folder of package.json, from the source tree as well as from the bundle in dist/. */
export const packageRoot: string = findRoot(path.dirname(fileURLToPath(import.meta.url)))

function findRoot(folder: string): string {
  if (fs.existsSync(path.join(folder, 'package.json'))) return folder
  const parent = path.dirname(folder)
  if (parent === folder) throw new Error('Stillhouse cannot find its own package.json.')
  return findRoot(parent)
}

/** The version of this product. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(fs.readFileSync(path.join(packageRoot, 'package.json'), 'utf8'))
  return z.object({ version: z.string() }).parse(manifest).version
}

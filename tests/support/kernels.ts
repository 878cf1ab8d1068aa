import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { buildKernels } from '../../workers/kernels/build.js'

const root = join(import.meta.dirname, '..', '..')
const room = join(root, 'workers', 'kernels')
const wasm = join(root, 'dist', 'kernels.wasm')

/** Path of dist/kernels.wasm, built when it is missing or older than a source of it. */
export async function ensureKernels(): Promise<string> {
  const built = await stat(wasm).catch(() => null)
  const entries = await readdir(room, { recursive: true })
  const sources = entries.filter((name) => name.endsWith('.js') || name.startsWith('assembly'))
  const times = await Promise.all(sources.map(async (name) => (await stat(join(room, name))).mtimeMs))
  if (!built || built.mtimeMs < Math.max(...times)) await buildKernels(wasm)
  return wasm
}

export async function readKernels(): Promise<Uint8Array> {
  return await readFile(await ensureKernels())
}

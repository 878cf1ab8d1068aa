import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { microKernelSource } from './micro-kernels.js'

const assembly = join(dirname(fileURLToPath(import.meta.url)), 'assembly')

/** Sources that a generator writes; they exist in memory only. */
const generated = { 'matmul/micro-kernels.ts': microKernelSource }

const flags =
  '-O3 --runtime stub --noAssert --importMemory --initialMemory 1 --enable simd --enable bulk-memory'.split(
    ' ',
  )

/**
 * Compiles the kernels to WebAssembly (no relaxed SIMD: the arithmetic is the same on every machine).
 * @param {string} outFile where the .wasm goes; its folder is made
 * @returns {Promise<void>} rejects with the compiler's messages
 */
export async function buildKernels(outFile) {
  const { default: asc } = await import('assemblyscript/asc')
  /** @type {Uint8Array | undefined} */
  let wasm
  const { error, stderr } = await asc.main(['index.ts', ...flags, '--outFile', 'kernels.wasm'], {
    readFile: async (name) => {
      const generate = generated[name]
      if (generate) return generate()
      return await readFile(join(assembly, name), 'utf8').catch(() => null)
    },
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') wasm = contents
    },
    listFiles: () => [],
  })
  if (error || !wasm) {
    throw new Error(`The kernels do not compile:\n${stderr.toString()}`, { cause: error ?? undefined })
  }
  await mkdir(dirname(outFile), { recursive: true })
  // A reader never sees half a file.
  const temporary = `${outFile}.${process.pid}.tmp`
  await writeFile(temporary, wasm)
  await rename(temporary, outFile)
}

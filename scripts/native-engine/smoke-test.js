import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lastLines, run } from './run.js'

const program = fileURLToPath(new URL('smoke-program.js', import.meta.url))

/**
 * Loads the engine of a folder in a process of its own and lets it multiply.
 *
 * @param {string} folder that holds node_modules
 * @returns {Promise<{version: string} | {reason: string}>}
 */
export async function smokeTest(folder, { signal } = {}) {
  const { code, output } = await run(process.execPath, [program, join(folder, 'package.json')], {
    signal,
    limitMs: 120_000,
  })
  const version = /^works: (.+)$/m.exec(output)?.[1]
  if (code === 0 && version) return { version }
  if (code === 'SIGILL')
    return { reason: "this processor lacks instructions that TensorFlow's libraries use (AVX)" }
  const said = /^Error: (.+)$/m.exec(output)?.[1]
  return { reason: said ?? `it ended with ${code}\n${lastLines(output)}` }
}

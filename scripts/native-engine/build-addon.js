import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { libraries } from './pins.js'
import { Problem } from './problem.js'
import { lastLines, run } from './run.js'

/** The lowest version of Node's stable ABI (Node-API) that all supported versions of Node have beyond what is used. */
const napiVersion = 8

/**
 * A C++ compiler: CXX, else g++, c++ or clang++.
 * @param {{env: NodeJS.ProcessEnv, signal?: AbortSignal}} how
 * @throws {Problem} where there is none
 */
export async function findCompiler({ env, signal }) {
  for (const command of env.CXX ? [env.CXX] : ['g++', 'c++', 'clang++'])
    if ((await run(command, ['--version'], { env, signal, limitMs: 60_000 })).code === 0) return command
  throw new Problem(
    env.CXX
      ? `CXX names ${env.CXX}, which cannot be run. Set it to a C++ compiler, or unset it.`
      : 'A C++ compiler is missing, which builds the part between Node and TensorFlow. On Debian: apt-get install g++',
  )
}

/**
 * Headers of Node-API: those that were installed with the engine's packages, which serve every version of Node, else of
 * the Node that npm_config_nodedir names.
 * @throws {Problem} where there are none
 */
export function findHeaders(env, modules) {
  const named = env.npm_config_nodedir
  const folders = [
    join(modules, 'node-api-headers', 'include'),
    ...(named ? [join(named, 'include', 'node')] : []),
  ]
  const folder = folders.find((one) => existsSync(join(one, 'node_api.h')))
  if (folder) return folder
  throw new Problem(
    `Node's headers are missing: no node_api.h in ${folders.join(' or ')}. Name a folder that holds include/node: npm_config_nodedir=/usr npm run engine:native`,
  )
}

/**
 * Compiles tfjs-node's addon against TensorFlow's C API; it finds the libraries beside itself, wherever it is moved.
 * @param {string} compiler
 * @param {string} headers
 * @param {string} packageFolder
 * @param {{env: NodeJS.ProcessEnv, signal?: AbortSignal}} how
 */
export async function buildAddon(compiler, headers, packageFolder, { env, signal }) {
  const out = join(packageFolder, 'lib', `napi-v${napiVersion}`)
  await mkdir(out, { recursive: true })
  const flags = ['-std=c++17', '-O2', '-fPIC', '-shared', `-DNAPI_VERSION=${napiVersion}`]
  const sources = [`-I${headers}`, '-Ideps/include', 'binding/tfjs_backend.cc', 'binding/tfjs_binding.cc']
  const linked = ['-Ldeps/lib', ...libraries.map((name) => `-l:${name}`), '-Wl,-rpath,$ORIGIN/../../deps/lib']
  const args = [...flags, ...sources, '-o', join(out, 'tfjs_binding.node'), ...linked]
  const { code, output } = await run(compiler, args, { cwd: packageFolder, env, signal })
  if (code === 0) return
  throw new Problem(
    `${compiler} could not build the addon (${code}):\n${lastLines(output, 12)}\n  It needs C++17 and the C library's headers. On Debian: apt-get install g++ libc6-dev`,
  )
}

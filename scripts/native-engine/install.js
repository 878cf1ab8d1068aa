import { copyFile, mkdir, readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildAddon, findCompiler, findHeaders } from './build-addon.js'
import { checkFolder, makePartial, putInPlace, readLabel, writeLabel } from './folder.js'
import { checkMachine, checkRoom, readMachine } from './machine.js'
import { installPackages, tryOwnWay } from './own-way.js'
import { wheel } from './pins.js'
import { Problem } from './problem.js'
import { smokeTest } from './smoke-test.js'
import { downloadWheel, findPip, unpackWheel, verifyWheel } from './wheel.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const pinned = fileURLToPath(new URL('package', import.meta.url))

/**
 * Installs the native engine into `folder` unless one works already. All work is done in a folder beside it, which takes
 * its place when the engine has been seen to work and is gone when anything fails.
 *
 * @param {string} folder absolute
 * @param {object} options
 * @param {(line: string) => void} options.log progress
 * @param {NodeJS.ProcessEnv} [options.env] of the programs that are run
 * @param {AbortSignal} [options.signal] ends it
 * @param {string} [options.wheelFile] a wheel that was fetched elsewhere: neither npm's own way nor pip is tried
 * @param {boolean} [options.force] install even where one works
 * @param {number} [options.ownWayMs] when npm's own way is given up
 * @returns {Promise<{installed: boolean, where: string, version: string}>}
 * @throws {Problem} that says what is missing and what to do
 */
export async function installNative(folder, options) {
  const { log, signal, force = false } = options
  if (!force) {
    for (const where of [root, ...(readLabel(folder) ? [folder] : [])]) {
      const found = await smokeTest(where, { signal })
      if ('version' in found) return { installed: false, where, version: found.version }
      if (where === folder) log(`The engine in ${folder} does not work any more: ${found.reason}`)
    }
  }
  checkFolder(folder)
  checkRoom(folder)
  const partial = await makePartial(folder)
  try {
    const way = await fill(partial, options)
    const found = await smokeTest(partial, { signal })
    if ('reason' in found) throw new Problem(`The engine was installed but does not work: ${found.reason}`)
    await writeLabel(partial, { version: found.version, way, node: process.version })
    await putInPlace(partial, folder)
    return { installed: true, where: folder, version: found.version }
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

/** @returns which way led to it */
async function fill(partial, { log, signal, env = process.env, wheelFile, ownWayMs = 300_000 }) {
  const how = { env, signal }
  const modules = join(partial, 'node_modules')
  const packageFolder = join(modules, '@tensorflow', 'tfjs-node')
  for (const name of ['package.json', 'package-lock.json'])
    await copyFile(join(pinned, name), join(partial, name))
  log('Installing @tensorflow/tfjs-node and what it needs from npm …')
  await installPackages(partial, how)
  await removeSourceMaps(modules)
  if (wheelFile === undefined) {
    log("Trying npm's own way: TensorFlow's library and a ready-made addon from their host …")
    const ended = await tryOwnWay(packageFolder, { ...how, limitMs: ownWayMs })
    if (ended && 'version' in (await smokeTest(partial, how))) return 'npm'
    log("That does not work here. TensorFlow's wheel has the same library.")
  }
  checkMachine(readMachine())
  const compiler = await findCompiler(how)
  const headers = findHeaders(env, modules)
  const path = wheelFile === undefined ? await fetchWheel(partial, log, how) : resolve(wheelFile)
  log('Checking its SHA-256 …')
  await verifyWheel(path)
  log('Unpacking two libraries (614 MB) and the headers …')
  await unpackWheel(path, packageFolder)
  await rm(join(partial, 'wheel'), { recursive: true, force: true })
  log(`Building the addon with ${compiler} …`)
  await buildAddon(compiler, headers, packageFolder, how)
  return `${wheel.package} ${wheel.version}`
}

async function fetchWheel(partial, log, how) {
  const pip = await findPip(how)
  log(`Downloading ${wheel.package} ${wheel.version} with pip (${Math.round(wheel.sizeBytes / 1e6)} MB) …`)
  const folder = join(partial, 'wheel')
  await mkdir(folder)
  return await downloadWheel(pip, folder, how)
}

/** Two thirds of the packages, and of no use here. */
async function removeSourceMaps(modules) {
  for (const name of await readdir(modules, { recursive: true }))
    if (name.endsWith('.map')) await rm(join(modules, name), { force: true })
}

import { parseArgs } from 'node:util'
import { nativeFolder } from '../workers/trainer/engine/native-folder.js'
import { forTests, removeEngine } from './native-engine/folder.js'
import { installNative } from './native-engine/install.js'
import { Problem } from './native-engine/problem.js'

// npm run engine:native [-- --remove | --force | --wheel FILE]: installs the native engine, or takes it away.

const usage = 'npm run engine:native [-- --remove | --force | --wheel FILE]'
const startedAt = performance.now()
const folder = nativeFolder(process.env)
const say = (text) => process.stdout.write(`${text}\n`)
const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => interrupted.abort(new Problem('Interrupted: nothing was installed.')))

try {
  const { force, remove, wheel } = readArguments()
  if (remove) await removeAll()
  else await install(force, wheel)
} catch (error) {
  process.stderr.write(`\n${explain(error)}\n`)
  process.exitCode = 1
}

function readArguments() {
  try {
    const options = { force: { type: 'boolean' }, remove: { type: 'boolean' }, wheel: { type: 'string' } }
    return parseArgs({ options }).values
  } catch (error) {
    throw new Problem(`${error.message}\n  ${usage}`, { cause: error })
  }
}

async function install(force, wheelFile) {
  const { installed, where, version } = await installNative(folder, {
    log: (line) => say(`${seconds().padStart(6)}  ${line}`),
    signal: interrupted.signal,
    force,
    wheelFile,
  })
  say(
    installed
      ? `\nThe native engine works: ${version}, in ${where} (${seconds()}).\nChoose it on the New page, or start with STILLHOUSE_ENGINE=native; without that, experiments go on to use the portable engine. npm run engine measures it; npm run engine:native -- --remove takes it away.`
      : `The native engine is there and works: ${version}, in ${where}. To install it anew: npm run engine:native -- --force`,
  )
}

async function removeAll() {
  const removed = []
  for (const one of [folder, forTests(folder)]) if (await removeEngine(one)) removed.push(one)
  say(removed.length > 0 ? `Removed ${removed.join(' and ')}.` : `There is none in ${folder}.`)
}

function seconds() {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
}

function explain(error) {
  if (error instanceof Problem) return error.message
  if (error?.code === 'ENOSPC')
    return `The disk of ${folder} is full. Make room, or name a folder on another disk: STILLHOUSE_NATIVE=FOLDER npm run engine:native`
  if (['EACCES', 'EPERM', 'EROFS'].includes(error?.code))
    return `${error.path ?? folder} cannot be written. Name a folder that can: STILLHOUSE_NATIVE=FOLDER npm run engine:native`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

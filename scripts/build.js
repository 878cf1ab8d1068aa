import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL, fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const records = join(root, 'dist', '.build')

const entries = {
  supervisor: 'workers/supervisor/main.ts',
  trainer: 'workers/trainer/main.ts',
  cli: 'server/cli/main.ts',
}

/** Inputs are files or folders; a target is stale when their content, or the Node that built it, changed. */
const targets = [
  {
    name: 'bundles',
    inputs: ['core', 'db', 'server', 'workers'],
    outputs: Object.keys(entries).map((name) => `dist/${name}.js`),
    make: makeBundles,
  },
  {
    name: 'kernels',
    inputs: ['workers/kernels'],
    outputs: ['dist/kernels.wasm'],
    make: makeKernels,
  },
  {
    name: 'pages',
    inputs: ['app', 'core', 'next.config.js', 'postcss.config.mjs', 'public', 'tsconfig.json'],
    outputs: ['.next/BUILD_ID'],
    make: makePages,
  },
]

/**
 * Builds what is stale and says what that was and how long it took. All output goes to standard error.
 * A target is recorded last, so one that failed or was killed is built again. Builds at the same time take turns.
 *
 * @param {{quiet?: boolean, only?: string[]}} [options] quiet: print only when something fails
 * @returns {Promise<{ms: number, built: string[]}>}
 */
export async function build({ quiet = false, only } = {}) {
  const startedAt = performance.now()
  const wanted = targets.filter((target) => only === undefined || only.includes(target.name))
  const built = []
  if (wanted.some((target) => staleHash(target) !== null)) {
    mkdirSync(records, { recursive: true })
    const unlock = await takeTurn()
    try {
      const stale = wanted.flatMap((target) => {
        const hash = staleHash(target)
        return hash === null ? [] : [{ target, hash }]
      })
      if (stale.length > 0 && !quiet) {
        process.stderr.write(`Building ${stale.map(({ target }) => target.name).join(', ')} …\n`)
      }
      const results = await Promise.allSettled(
        stale.map(({ target, hash }) => makeTarget(target, hash, quiet)),
      )
      const failure = results.find((result) => result.status === 'rejected')
      if (failure) throw failure.reason
      built.push(...stale.map(({ target }) => target.name))
    } finally {
      unlock()
    }
  }
  return { ms: Math.round(performance.now() - startedAt), built }
}

async function makeTarget(target, hash, quiet) {
  const record = join(records, target.name)
  rmSync(record, { force: true })
  await target.make(quiet)
  for (const output of target.outputs) {
    if (!existsSync(join(root, output))) throw new Error(`The build of ${target.name} left no ${output}.`)
  }
  writeWhole(record, hash)
}

/** The hash to record when the target has to be built, null when it is fresh. */
function staleHash(target) {
  const hash = inputHash(target)
  const record = join(records, target.name)
  const fresh =
    existsSync(record) &&
    readFileSync(record, 'utf8') === hash &&
    target.outputs.every((output) => existsSync(join(root, output)))
  return fresh ? null : hash
}

function inputHash(target) {
  const hash = createHash('sha256').update(`${process.version} ${process.arch}\n`)
  const inputs = [...target.inputs, 'package-lock.json', 'scripts/build.js']
  for (const file of inputs.flatMap((input) => filesIn(join(root, input))).sort()) {
    hash.update(`${relative(root, file)}\n`)
    hash.update(createHash('sha256').update(readFileSync(file)).digest())
  }
  return hash.digest('hex')
}

function filesIn(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(path, entry.name)) : [join(path, entry.name)],
  )
}

function writeWhole(path, content) {
  const temporary = `${path}.${process.pid}.tmp`
  writeFileSync(temporary, content)
  renameSync(temporary, path)
}

/** SQLite's file lock: the system releases it when its holder dies, however it dies. */
async function takeTurn() {
  const Database = createRequire(import.meta.url)('better-sqlite3')
  const database = new Database(join(records, 'turn'), { timeout: 0 })
  let said = false
  for (;;) {
    try {
      database.exec('BEGIN EXCLUSIVE')
      return () => database.close()
    } catch (error) {
      if (error?.code !== 'SQLITE_BUSY') throw error
      if (!said) process.stderr.write('Waiting for another build to end …\n')
      said = true
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

/** A trainer starts once a slot: with its packages in one file it is up in half the time. */
const trainerAlone = {
  external: ['@tensorflow/tfjs-node'],
  // Packages in CommonJS ask for Node's modules and for where they are.
  banner: {
    js: [
      "import { createRequire as requireFrom } from 'node:module'",
      'const require = requireFrom(import.meta.url)',
      'const { filename: __filename, dirname: __dirname } = import.meta',
    ].join('\n'),
  },
}

async function makeBundles() {
  const esbuild = await import('esbuild')
  const { trainer, ...others } = entries
  const shared = {
    absWorkingDir: root,
    outdir: 'dist',
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    write: false,
    logLevel: 'silent',
  }
  try {
    const results = await Promise.all([
      esbuild.build({ ...shared, entryPoints: others, packages: 'external' }),
      esbuild.build({ ...shared, entryPoints: { trainer }, ...trainerAlone }),
    ])
    for (const file of results.flatMap(({ outputFiles }) => outputFiles)) {
      mkdirSync(dirname(file.path), { recursive: true })
      writeWhole(file.path, file.contents)
    }
  } catch (error) {
    const lines = await esbuild.formatMessages(error?.errors ?? [], { kind: 'error', color: false })
    throw new Error(`The bundles could not be built.\n${lines.join('\n') || error}`, { cause: error })
  } finally {
    // Its service process would otherwise live as long as this one.
    await esbuild.stop()
  }
}

/** In a process of its own: the compiler takes a few hundred megabytes, which the server would keep. */
async function makeKernels(quiet) {
  const module = pathToFileURL(join(root, 'workers/kernels/build.js')).href
  const outFile = join(root, 'dist', 'kernels.wasm')
  const program = `const { buildKernels } = await import(${JSON.stringify(module)}); await buildKernels(${JSON.stringify(outFile)})`
  await run('The kernels', ['--input-type=module', '--eval', program], quiet)
}

async function makePages(quiet) {
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
  rmSync(join(root, '.next', 'BUILD_ID'), { force: true })
  await run('The pages', [next, 'build'], quiet)
}

/** Runs Node with both outputs on standard error; the child ends when this process does. */
async function run(what, args, quiet) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NODE_OPTIONS: '',
      NEXT_TELEMETRY_DISABLED: '1',
      STILLHOUSE_NEXT_DIST: '.next',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kept = []
  const take = (chunk) => void (quiet ? kept.push(chunk) : process.stderr.write(chunk))
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  const stop = () => child.kill('SIGTERM')
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  const stopAndDie = (signal) => {
    stop()
    for (const each of signals) process.removeListener(each, stopAndDie)
    process.kill(process.pid, signal)
  }
  process.once('exit', stop)
  for (const signal of signals) process.on(signal, stopAndDie)
  try {
    const end = await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) => resolve(signal ?? code))
    })
    if (end !== 0) {
      for (const chunk of kept) process.stderr.write(chunk)
      throw new Error(`${what} could not be built (${typeof end === 'string' ? end : `exit code ${end}`}).`)
    }
  } finally {
    process.removeListener('exit', stop)
    for (const signal of signals) process.removeListener(signal, stopAndDie)
  }
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) {
  try {
    const { ms, built } = await build()
    process.stderr.write(
      built.length > 0 ? `Built ${built.join(', ')} in ${ms} ms.\n` : 'Nothing was stale.\n',
    )
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exitCode = 1
  }
}

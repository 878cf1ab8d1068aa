#!/usr/bin/env node
// Builds what is stale and hands over to the command line. Plain JavaScript: it runs right after `npm ci`.
import fs from 'fs'
import { createRequire } from 'module'
import path from 'path'
import { fileURLToPath, pathToFileURL } from 'url'

const require = createRequire(import.meta.url)
const root = fileURLToPath(new URL('..', import.meta.url))

main().catch((error) => {
  process.stderr.write(`${(error && error.message) || error}\n`)
  // Of a verification 1 would say that something differs.
  process.exit(process.argv[2] === 'verify' ? 2 : 1)
})

async function main() {
  checkNode()
  checkPackages()
  // It judges a file and is gone: no database, and nothing said beside the result. Only pages need their build.
  const alone = process.argv[2] === 'verdict'
  if (!alone) checkDatabase()
  const only = { verdict: ['bundles'], verify: ['bundles', 'kernels'] }[process.argv[2]]
  const buildScript = path.join(root, 'scripts', 'build.js')
  const { build } = await import(pathToFileURL(buildScript).href)
  const { ms } = await build(only === undefined ? {} : { quiet: alone, only })
  process.env.STILLHOUSE_BUILD_MS = String(ms)
  process.setSourceMapsEnabled(true)
  await import(pathToFileURL(path.join(root, 'dist', 'cli.js')).href)
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 24 || major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Stillhouse needs Node 20.19 to 24; this is ${process.version}. See https://nodejs.org.`)
  }
}

function checkPackages() {
  for (const name of ['better-sqlite3', 'esbuild', 'next']) {
    if (fs.existsSync(path.join(root, 'node_modules', name))) continue
    throw new Error(
      `Stillhouse's packages are not installed (${name} is missing). Run "npm ci" in ${root} first.`,
    )
  }
}

function checkDatabase() {
  const Database = require('better-sqlite3')
  try {
    new Database(':memory:').close()
  } catch (error) {
    throw new Error(
      [
        `The native part of better-sqlite3 does not load: ${String(error.message).split('\n')[0]}`,
        'It is downloaded or compiled by "npm ci". Where it has to be compiled, install python3, make, g++ and the',
        'headers of Node (on Debian: apt-get install python3 make g++), then run "npm rebuild better-sqlite3".',
        'Where the headers cannot be downloaded, name a folder that holds include/node before that:',
        '  npm_config_nodedir=<folder with include/node> npm rebuild better-sqlite3',
      ].join('\n'),
      { cause: error },
    )
  }
}

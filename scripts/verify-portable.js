import { parseArgs } from 'node:util'
import { tsImport } from 'tsx/esm/api'
import { build } from './build.js'

// npm run verify:portable [-- --json] [-- --only TEXT]: trains the demo's networks under other Nodes, without AVX, with the
// baseline compiler and on an emulated arm64, and compares the bits. Exit 1 where they differ or a training broke, 2 where
// there was nothing to compare.

const usage = 'Usage: npm run verify:portable -- [--json] [--only PART_OF_A_ROW]\n'
const { only, json } = readOptions()
// Standard output belongs to the table.
console.log = console.error
console.info = console.error
// What was begun is taken away with this process: see whenOver.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130))
try {
  await build({ quiet: true, only: ['bundles', 'kernels'] })
  const load = (file) => tsImport(`../tests/portable/${file}`, import.meta.url)
  const { allPlatforms, portableCache } = await load('platforms.ts')
  const platforms = allPlatforms(portableCache(process.env))
  // The first row is what the others are compared with.
  const chosen = platforms.filter(({ id }, at) => at === 0 || only === undefined || id.includes(only))
  if (only !== undefined && !platforms.some(({ id }) => id.includes(only))) {
    process.stderr.write(
      `There is no row "${only}"; there are ${platforms.map(({ id }) => id).join(', ')}.\n`,
    )
    process.exit(2)
  }
  const { verifyPortable } = await load('verify-portable.ts')
  const rows = await verifyPortable(chosen, drawProgress())
  const { portableTable } = await load('portable-table.ts')
  process.stdout.write(`${json ? JSON.stringify({ rows }) : portableTable(rows)}\n`)
  if (rows.some(({ same }) => same === false)) process.exit(1)
  const trained = rows.filter(({ sha256 }) => sha256 !== null)
  if (trained.length < 2) {
    const what = trained[0] === undefined ? 'no row' : `only the row "${trained[0].id}"`
    const more = only === undefined ? '' : ' Choose another part with --only, or none.'
    process.stderr.write(`There was nothing to compare with: ${what} was trained.${more}\n`)
    process.exit(2)
  }
  process.exit(0)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exit(2)
}

/** Steps are redrawn on a terminal; elsewhere only the end of a row is a line. */
function drawProgress() {
  return (text) => {
    const passing = text.includes(': step ')
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text}${passing ? '' : '\n'}`)
    else if (!passing) process.stderr.write(`${text}\n`)
  }
}

function readOptions() {
  try {
    return parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' } } }).values
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage}`)
    process.exit(2)
  }
}

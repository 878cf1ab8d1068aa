import { parseArgs } from 'node:util'
import { tsImport } from 'tsx/esm/api'
import { build } from './build.js'

// npm run torture [-- --kills N] [-- --seed N] [-- --short] [-- --json]: experiments under load and everything that may happen to them.
// Exit 1 where something was lost, doubled or left, or a table is another one than the undisturbed one; 2 where it could
// not run to its end.

const usage = 'Usage: npm run torture -- [--kills N] [--seed N] [--short] [--json]\n'
const { json, ...options } = readOptions()
// Standard output belongs to the result.
console.log = console.error
console.info = console.error
// What was started ends with this process: see whenOver.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130))
try {
  if (process.platform !== 'linux')
    throw new Error('This looks at processes through /proc, which is Linux alone.')
  await build({ quiet: true, only: ['bundles', 'kernels'] })
  const { runTorture, isMet } = await tsImport('../tests/torture/run-torture.ts', import.meta.url)
  const { describeResult } = await tsImport('../tests/torture/describe-result.ts', import.meta.url)
  const result = await runTorture({ ...options, progress: (text) => process.stderr.write(`${text}\n`) })
  process.stdout.write(`${json ? JSON.stringify(result) : describeResult(result)}\n`)
  process.exit(isMet(result) ? 0 : 1)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exit(error instanceof Error && error.name === 'GoalMissed' ? 1 : 2)
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        kills: { type: 'string', default: '30' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
        short: { type: 'boolean', default: false },
      },
    })
    const { json: alone, short } = values
    const given = { kills: short ? 4 : Number(values.kills), seed: Number(values.seed), short, json: alone }
    if (Number.isSafeInteger(given.kills) && given.kills >= 1 && Number.isSafeInteger(given.seed))
      return given
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  }
  process.stderr.write(usage)
  process.exit(2)
}

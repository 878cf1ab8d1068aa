import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { cruise } from 'dependency-cruiser'
import config from '../.dependency-cruiser.js'

// node scripts/check-imports.js [folder] [floor]: checks the import rules below a folder (the package by default).

/** A cruiser that understands no TypeScript sees no module and finds nothing wrong. */
const usualFloor = 300

const baseDir = resolve(process.argv[2] ?? join(import.meta.dirname, '..'))
const floor = Number(process.argv[3] ?? usualFloor)
const folders = ['core', 'db', 'server', 'workers', 'app', 'tests', 'scripts', 'bin'].filter((folder) =>
  existsSync(join(baseDir, folder)),
)

const { forbidden, options } = config
const { output } = await cruise(folders, { ...options, baseDir, validate: true, ruleSet: { forbidden } })
const { violations } = output.summary
const modules = output.modules.filter((module) => /^(core|db|server|workers|app|tests)\//.test(module.source))

for (const { rule, from, to, cycle } of violations) {
  const path = cycle === undefined ? to : cycle.map((step) => step.name).join(' → ')
  process.stdout.write(`${rule.name}: ${from} → ${path}\n`)
}
process.stdout.write(`${modules.length} modules, ${violations.length} forbidden imports\n`)
if (modules.length < floor) {
  process.stdout.write(`Fewer than ${floor} modules were seen: the check itself does not work.\n`)
}
process.exitCode = violations.length > 0 || modules.length < floor ? 1 : 0

// Preloaded into server and supervisor (NODE_OPTIONS): adds to their clock what TORTURE_CLOCK/<process> says, in ms,
// as somebody who sets the clock of a machine does. The monotonic clock goes on, as it does there. Trainers do not get it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const role = /supervisor\.[jt]s$/.test(process.argv[1] ?? '') ? 'supervisor' : 'server'
const file = join(process.env.TORTURE_CLOCK ?? '', role)
const lookAgainMs = 20

const RealDate = Date
let shiftMs = 0
let lookedAt = Number.NEGATIVE_INFINITY

function now() {
  if (performance.now() - lookedAt > lookAgainMs) {
    lookedAt = performance.now()
    try {
      shiftMs = Number(readFileSync(file, 'utf8'))
    } catch {
      shiftMs = 0
    }
  }
  return RealDate.now() + shiftMs
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args) => (args.length === 0 ? new target(now()) : new target(...args)),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
})

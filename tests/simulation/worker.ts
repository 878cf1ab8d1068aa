import { runUnit, type Unit } from './run-studies.ts'

// A process of `npm run simulate`: takes one unit after the other and sends back what it counted.

process.on('message', (unit: Unit) => {
  process.send?.({ unit, sums: runUnit(unit) })
})
process.on('disconnect', () => process.exit(0))

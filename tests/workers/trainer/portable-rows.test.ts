import { expect, test } from 'vitest'
import { ownNode } from '../../portable/platforms.ts'
import { portableTable } from '../../portable/portable-table.ts'
import { NotHere, type Platform } from '../../portable/row.ts'
import { verifyPortable } from '../../portable/verify-portable.ts'

const breaking: Platform = {
  ...ownNode(),
  id: 'breaking',
  flags: ['--import', 'data:text/javascript,console.error("a | b");process.exit(3)'],
}
const absent: Platform = {
  ...ownNode(),
  id: 'absent',
  command: () => Promise.reject(new NotHere('it is not made for this machine')),
}

test('a trainer that breaks on one platform is a row that is not the same, and the others are tried', async () => {
  const rows = await verifyPortable([breaking, absent], () => undefined)
  expect(rows).toMatchObject([
    { id: 'breaking', node: process.version.slice(1), sha256: null, same: false, notTried: null },
    { id: 'absent', node: null, sha256: null, same: null, error: null },
  ])
  expect(rows[0]?.error).toContain('The trainer ended with 3. a | b')
  const [first, second] = portableTable(rows).split('\n').slice(-2)
  expect(first).toContain('broke: The trainer ended with 3. a \\| b | – | **no** |')
  expect(second).toContain('not tried: it is not made for this machine | – | – |')
})

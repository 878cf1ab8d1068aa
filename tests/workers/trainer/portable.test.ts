import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { build } from '../../../scripts/build.js'
import { onPortable } from '../../support/engines.ts'
import { npmNode, ownNode, portableCache } from '../../portable/platforms.ts'
import { NotHere } from '../../portable/row.ts'
import { verifyPortable } from '../../portable/verify-portable.ts'

// The short form of `npm run verify:portable`.

beforeAll(async () => {
  if (onPortable) await build({ quiet: true, only: ['bundles', 'kernels'] })
})

/** Another version of Node than this one. */
const otherMajor = process.version.startsWith('v24.') ? 22 : 24

/** On a machine with other work a Node takes minutes, and npm is given up after five where its registry is not reached. */
const patience = 900_000

describe.skipIf(!onPortable)('the demo’s networks end in the same bits', () => {
  test.skipIf(process.arch !== 'x64')(
    'with AVX, AVX2, FMA3, SSE4.2 and BMI switched off',
    async () => {
      const rows = await verifyPortable([ownNode(), ownNode('no-avx')], () => undefined)
      expect(rows.map(({ same, notTried }) => ({ same, notTried }))).toEqual([
        { same: true, notTried: null },
        { same: true, notTried: null },
      ])
      const [row] = rows
      // Six trainings that have nothing in common but their data.
      expect(new Set(row?.trainings.map(({ weights }) => weights)).size).toBe(6)
    },
    patience,
  )

  test(
    `under Node ${otherMajor} from npm`,
    async ({ skip }) => {
      const other = npmNode(portableCache(process.env), otherMajor)
      try {
        const { command } = await other.command()
        expect(command.every((file) => existsSync(file))).toBe(true)
      } catch (error) {
        if (error instanceof NotHere) skip(`Node ${otherMajor} cannot be had here: ${error.message}`)
        throw error
      }
      const rows = await verifyPortable([ownNode(), other], () => undefined)
      expect(rows[1]).toMatchObject({ notTried: null, same: true })
      expect(rows[1]?.node).toMatch(new RegExp(`^${otherMajor}\\.`))
    },
    patience,
  )
})

import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** One cap for every test, far above what a slow machine needs: what hangs on trainings waits while they get on. */
const capMs = 1_800_000

const room = (name: string) => ({
  extends: true as const,
  test: { name, include: [`tests/${name}/**/*.test.ts`] },
})

/**
 * Tests run on the portable engine, whatever this machine has installed, unless they say otherwise; only a run that
 * tests the native engine may find it.
 */
const onNative = process.env['STILLHOUSE_TEST_ENGINE'] === 'native'
const env: Record<string, string> = {
  STILLHOUSE_ENGINE: 'wasm',
  ...(onNative ? {} : { STILLHOUSE_NATIVE: join(import.meta.dirname, 'tests', 'no-native-engine') }),
}

export default defineConfig({
  test: {
    env,
    testTimeout: capMs,
    hookTimeout: capMs,
    expect: { poll: { timeout: 60_000 } },
    projects: ['unit', 'integration', 'workers', 'simulation', 'torture'].map(room),
  },
})

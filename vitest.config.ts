import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const room = (name: string, testTimeout: number) => ({
  extends: true as const,
  test: { name, include: [`tests/${name}/**/*.test.ts`], testTimeout, hookTimeout: testTimeout },
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
    projects: [
      room('unit', 20_000),
      room('integration', 60_000),
      // Steps of small networks take several times as long on the native engine.
      room('workers', onNative ? 360_000 : 120_000),
      room('simulation', 120_000),
      room('torture', 300_000),
    ],
  },
})

import { defineConfig } from 'vitest/config'

const room = (name: string, testTimeout: number) => ({
  extends: true as const,
  test: { name, include: [`tests/${name}/**/*.test.ts`], testTimeout, hookTimeout: testTimeout },
})

export default defineConfig({
  test: {
    projects: [
      room('unit', 20_000),
      room('integration', 60_000),
      room('workers', 120_000),
      room('simulation', 120_000),
    ],
  },
})

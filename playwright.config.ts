import { defineConfig } from '@playwright/test'
import { browserLaunch } from './tests/support/browser.ts'

// Whatever this machine has installed, pages are tested on the portable engine.
process.env.STILLHOUSE_ENGINE = 'wasm'

export default defineConfig({
  testDir: 'tests/e2e',
  // Trainings take every core: tests side by side would wait for each other's.
  workers: 1,
  retries: 0,
  // Where the server does not start, every test fails of the same cause.
  maxFailures: 10,
  // One cap, far above what a slow machine needs. What hangs on trainings waits for as long as they get on.
  timeout: 1_800_000,
  expect: { timeout: 60_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: 'list',
  use: {
    launchOptions: browserLaunch(),
    viewport: { width: 1440, height: 900 },
    actionTimeout: 60_000,
    trace: 'retain-on-failure',
  },
})

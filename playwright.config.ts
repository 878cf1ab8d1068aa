import { defineConfig } from '@playwright/test'
import { browserLaunch } from './tests/support/browser.ts'

export default defineConfig({
  testDir: 'tests/e2e',
  workers: 1,
  retries: 0,
  timeout: 120_000,
  forbidOnly: process.env.CI !== undefined,
  reporter: 'list',
  use: { launchOptions: browserLaunch(), trace: 'retain-on-failure' },
})

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { testEngine } from '../../support/engines.ts'

const runFile = promisify(execFile)

const command = async (script: string, ...args: string[]): Promise<string> => {
  const file = join(import.meta.dirname, '..', '..', '..', 'scripts', script)
  return (await runFile(process.execPath, [file, ...args])).stdout
}

test('npm run engine -- --json says which engines work and how fast, and nothing else', async () => {
  const { engines } = JSON.parse(await command('engine.js', '--json')) as {
    engines: Record<string, unknown>[]
  }
  expect(engines.map(({ name }) => name)).toEqual(['wasm', 'native', 'cpu'])
  for (const { name, works, reason, version, stepMs, ...rest } of engines) {
    expect(rest).toEqual({})
    // npm may have installed the native one where its host can be reached.
    if (name !== 'native' || testEngine === 'native') expect(works).toBe(true)
    if (works === true) {
      expect(reason).toBeNull()
      expect(version).toMatch(/^tfjs/)
      expect(stepMs).toBeGreaterThan(0)
    } else {
      expect([version, stepMs]).toEqual([null, null])
      expect(reason).toContain('npm run engine:native')
    }
  }
})

describe.skipIf(testEngine !== 'native')('where the native engine is installed', () => {
  test('npm run engine:native says so and does nothing', async () => {
    expect(await command('engine-native.js')).toMatch(
      /^The native engine is there and works: tfjs-node 4\.22\.0, TensorFlow 2\.\d+\.\d+, in \S+\. .*--force\n$/,
    )
  })
})

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { TortureResult } from './run-torture.ts'

const script = fileURLToPath(new URL('../../scripts/torture.js', import.meta.url))

/** Four kills, the parent killed, the database locked, the clock set: on shorter trainings, without latency. */
describe.skipIf(process.platform !== 'linux')('torture in its short form', () => {
  let result: TortureResult

  beforeAll(() => {
    const child = spawnSync(process.execPath, [script, '--short', '--seed', '1', '--json'], {
      encoding: 'utf8',
    })
    if (child.stdout === '') throw new Error(child.stderr)
    result = JSON.parse(child.stdout) as TortureResult
  })

  const missing = (isGood: (event: TortureResult['events'][number]) => boolean): string[] =>
    result.events.filter((event) => !isGood(event)).map(({ kind, note }) => `${kind}: ${note}`)

  it('kills trainers, supervisor and server, and looks for what was acknowledged again', () => {
    expect(result.events.length).toBeGreaterThanOrEqual(7)
    expect(result.acknowledged.points).toBeGreaterThan(1_000)
    expect(result.acknowledged.client).toBeGreaterThan(100)
  })

  it('loses nothing that was acknowledged', () => {
    expect(missing(({ lost }) => lost === 0)).toEqual([])
  })

  it('reads no point twice', () => {
    expect(missing(({ doubled }) => doubled === 0)).toEqual([])
  })

  it('leaves no process, file, lease or lock behind', () => {
    expect(missing(({ orphans }) => orphans === 0)).toEqual([])
  })

  it('shows no time that went backward', () => {
    expect(missing(({ backward }) => backward === 0)).toEqual([])
  })

  it('ends with the table of the undisturbed experiment', () => {
    expect(missing(({ sameTable }) => sameTable === true)).toEqual([])
  })
})

import { expect, test } from 'vitest'
import { verifiedText } from '../../../app/_features/protocol/verified-text.ts'
import { machineText } from '../../../app/_features/run/verification-text.ts'
import type { ExperimentPage, RunPage } from '../../../core/contracts/views.ts'

const engine = { name: 'wasm', version: 'tfjs 4.22.0, kernels 1' } as const
const check: RunPage['verifications'][number] = {
  id: 'a',
  runId: 'b',
  at: 0,
  outcome: 'identical',
  machine: { host: 'lab-3', platform: 'darwin', arch: 'arm64', processor: 'Apple M2', node: 'v22.11.0' },
  engine,
  durationMs: 1,
  weightsSha256: null,
  testLogitsSha256: null,
  differences: [],
}

test('a verification names its machine, and its engine where that is another version than planned', () => {
  expect(machineText(check, engine)).toBe('lab-3, Apple M2, macOS arm64, Node 22.11')
  expect(machineText(check, { ...engine, version: 'older' })).toBe(
    'lab-3, Apple M2, macOS arm64, Node 22.11, with tfjs 4.22.0, kernels 1',
  )
})

test('the Protocol page counts verified runs among those that have finished', () => {
  const cell = (status: 'finished' | 'running') => ({ runId: status, seed: 1, status, progress: null })
  const text = (finished: number, identical: number, differing: number): string => {
    const cells = [cell('running'), ...Array.from({ length: finished }, () => cell('finished'))]
    const progress: ExperimentPage['progress'] = [{ armId: 'scratch', cells }]
    return verifiedText({ progress, verified: { identical, differing } })
  }
  expect(text(0, 0, 0)).toBe('No run has finished.')
  expect(text(3, 0, 0)).toBe('None has been verified yet.')
  expect(text(3, 2, 0)).toBe('2 of 3 finished runs verified identical.')
  expect(text(3, 1, 2)).toBe('1 of 3 finished runs verified identical, 2 differed.')
})

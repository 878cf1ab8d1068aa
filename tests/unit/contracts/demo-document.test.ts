import { describe, expect, it } from 'vitest'
import { DemoDocument } from '../../../core/contracts/demo-document.ts'
import { Comparison } from '../../../core/contracts/verdict.ts'

const comparison = {
  arm: 'soft-targets-t4',
  against: 'scratch',
  family: 'primary',
  metric: 'accuracy',
  paired: true,
  estimate: 0.012,
  seedVariance: 1e-5,
  exampleVariance: 2e-6,
  degreesOfFreedom: 7.5,
  exampleDegreesOfFreedom: 9999,
  individual: [0.01, 0.014],
  simultaneous: [0.009, 0.015],
  word: 'helped',
  note: null,
  reason: null,
  sentence: 'Soft targets helped.',
}
const run = {
  id: 'abc',
  seed: 1,
  status: 'finished',
  weightsSha256: 'a'.repeat(64),
  metrics: { 'test/accuracy': 0.9 },
  predictions: { test: 'artifacts/abc/predictions/test.npy' },
}
const arm = {
  id: 'scratch',
  method: 'scratch',
  role: 'control',
  steps: 10,
  epochs: 1.5,
  parameters: 100,
  sizeBytes: 400,
  macs: 90,
  latencyMs: { p50: 0.1, p90: 0.2 },
  runs: [run],
}
const document = {
  experiment: { id: 'abc', name: 'Does it help?', protocolHash: 'b'.repeat(64) },
  engine: { name: 'wasm', version: '4.22.0', processor: 'a processor', node: 'v20.19.0' },
  data: { name: 'mnist', classes: 10, train: 5, validation: 2, test: 3, labelsUsed: 4, hash: 'c'.repeat(64) },
  alpha: 0.05,
  margin: 0.01,
  primaryMetric: 'accuracy',
  paired: true,
  labels: { test: 'datasets/c/test.labels.npy' },
  arms: [arm],
  comparisons: [comparison],
  durationMs: { build: 0, launchToVerdict: 1, profile: 2, total: 3 },
}

const accepts = (changed: object): boolean => DemoDocument.safeParse(changed).success
const withRun = (changes: object) => ({ ...document, arms: [{ ...arm, runs: [{ ...run, ...changes }] }] })

describe("the demo's document", () => {
  it('holds everything that the command prints, through JSON and back', () => {
    expect(DemoDocument.parse(JSON.parse(JSON.stringify(document)))).toEqual(document)
  })

  it('has no other key and lacks none', () => {
    expect(accepts({ ...document, colour: 'red' })).toBe(false)
    for (const key of Object.keys(document)) {
      const { [key as keyof typeof document]: _, ...rest } = document
      expect(accepts(rest), key).toBe(false)
    }
  })

  it('holds numbers only where a figure stands', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, null, '0.9']) {
      expect(accepts(withRun({ metrics: { 'test/accuracy': value } })), String(value)).toBe(false)
    }
  })

  it('names files relative to the state folder', () => {
    expect(accepts(withRun({ predictions: { test: '/home/me/test.npy' } }))).toBe(false)
    expect(accepts(withRun({ predictions: { test: 'artifacts/abc/test.csv' } }))).toBe(false)
    expect(accepts(withRun({ predictions: null, weightsSha256: null, status: 'failed' }))).toBe(true)
  })
})

describe('a comparison', () => {
  const parses = (changes: object): boolean => Comparison.safeParse({ ...comparison, ...changes }).success

  it('has a reason exactly when it has no word', () => {
    expect(parses({})).toBe(true)
    expect(parses({ word: null, reason: '2 seeds cannot decide' })).toBe(true)
    expect(parses({ word: null, reason: null })).toBe(false)
    expect(parses({ reason: 'a reason beside a word' })).toBe(false)
  })

  it('has one of the four words', () => {
    for (const word of ['helped', 'hurt', 'no practical difference', 'inconclusive']) {
      expect(parses({ word })).toBe(true)
    }
    expect(parses({ word: 'better' })).toBe(false)
  })

  it('may lack every figure where an arm has no result, and the variance of the seeds with one seed', () => {
    const none = {
      estimate: null,
      seedVariance: null,
      exampleVariance: null,
      degreesOfFreedom: null,
      exampleDegreesOfFreedom: 9999,
      individual: null,
      simultaneous: null,
      word: null,
      reason: 'Its teacher failed.',
    }
    expect(parses(none)).toBe(true)
    expect(parses({ seedVariance: null, degreesOfFreedom: null, word: null, reason: 'one seed' })).toBe(true)
  })
})

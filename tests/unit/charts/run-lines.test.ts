import { describe, expect, test } from 'vitest'
import { prepareRunLines } from '../../../app/_charts/lines/prepare-run-lines.ts'
import type { RunPage } from '../../../core/contracts/views.ts'

const points = (last: number): [number, number][] =>
  Array.from({ length: last / 100 }, (_, index) => [(index + 1) * 100, 0.7 + index / 100])

const page = (status: RunPage['status'], siblings: [number, number][][]) => ({
  arm: {
    role: 'control' as const,
    label: 'Control',
    id: 'scratch',
    method: 'scratch' as const,
    shorter: [],
    detail: '',
    slot: null,
  },
  status,
  steps: 4000,
  stepsPerEpoch: 100,
  curves: { 'validation/accuracy': points(1000), 'train/accuracy': points(1000) },
  siblings: { 'validation/accuracy': siblings },
})

describe("the axis of a run's curves", () => {
  test('is as long as the plan while it trains', () => {
    expect(prepareRunLines(page('running', []), 'Accuracy, %', 'accuracy')?.x.domain[1]).toBe(40)
  })

  test('ends with what is drawn once it has stopped early', () => {
    expect(prepareRunLines(page('finished', []), 'Accuracy, %', 'accuracy')?.x.domain[1]).toBe(10)
    expect(prepareRunLines(page('finished', [points(1400)]), 'Accuracy, %', 'accuracy')?.x.domain[1]).toBe(14)
  })

  test('is not drawn without a point', () => {
    const empty = { ...page('finished', []), curves: {}, siblings: {} }
    expect(prepareRunLines(empty, 'Accuracy, %', 'accuracy')).toBeNull()
  })
})

import { describe, expect, test } from 'vitest'
import type { Method } from '../../../core/contracts/arm.ts'
import type { NetworkSpec } from '../../../core/contracts/network.ts'
import { batchShape } from '../../../core/planning/batch-shape.ts'
import { createBatches } from '../../../workers/trainer/data/batches.ts'
import { createDropout } from '../../../workers/trainer/layers/dropout-masks.ts'
import { networkFacts } from '../../../core/networks/registry.ts'
import { initialWeights } from '../../../workers/trainer/network/initialise.ts'
import { planMeasurements } from '../../../core/evaluation/plan-measurements.ts'
import { allIndices } from '../../../workers/trainer/evaluate/predict.ts'
import { labelledExamples } from '../../../workers/trainer/data/prepare-run.ts'
import { makeRunSpec } from '../../support/run-spec.ts'

const unlabelledMethod = (unlabelledShare: number): Method => ({
  name: 'soft-targets-unlabelled',
  temperature: 4,
  hardLabelWeight: 0.1,
  softTargetWeight: 0.9,
  unlabelledShare,
})

describe('batches', () => {
  test('hold round(size · share) unlabelled examples, at least one of either kind', () => {
    expect(batchShape(null, 64, 2000)).toEqual({ size: 64, labelled: 64 })
    expect(batchShape(unlabelledMethod(0.5), 64, 2000)).toEqual({ size: 64, labelled: 32 })
    expect(batchShape(unlabelledMethod(0.3), 10, 2000)).toEqual({ size: 10, labelled: 7 })
    expect(batchShape(unlabelledMethod(0.001), 64, 2000)).toEqual({ size: 64, labelled: 63 })
    expect(batchShape(unlabelledMethod(0.999), 64, 2000)).toEqual({ size: 64, labelled: 1 })
  })

  test('are cut to the number of labelled examples, in every arm alike', () => {
    expect(batchShape({ name: 'scratch' }, 64, 10)).toEqual({ size: 10, labelled: 10 })
    expect(batchShape(unlabelledMethod(0.5), 64, 10)).toEqual({ size: 10, labelled: 5 })
    expect(() => batchShape(unlabelledMethod(0.5), 64, 1)).toThrow(/2 or more/)
  })

  const drawn = (
    batches: (step: number, out: Int32Array) => void,
    steps: readonly number[],
    size: number,
  ): number[][] =>
    steps.map((step) => {
      const out = new Int32Array(size)
      batches(step, out)
      return [...out]
    })

  test('go through every labelled example once an epoch, and cross the ends of epochs', () => {
    const labelled = Int32Array.from([3, 5, 8, 13, 21, 34, 55])
    const batches = createBatches({ size: 3, labelled: 3 }, labelled, new Int32Array(0), 1)
    const flat = drawn(batches, [0, 1, 2, 3, 4, 5, 6], 3).flat()
    for (let epoch = 0; epoch < 3; epoch++)
      expect(flat.slice(epoch * 7, epoch * 7 + 7).sort((a, b) => a - b)).toEqual([...labelled])
    expect(flat.slice(0, 7)).not.toEqual(flat.slice(7, 14))
  })

  test('follow from seed and step alone: asked out of order they are the same', () => {
    const make = (seed: number): ((step: number, out: Int32Array) => void) =>
      createBatches({ size: 4, labelled: 3 }, allIndices(10), Int32Array.from([90, 91, 92]), seed)
    const [forwards, backwards] = [make(5), make(5)]
    const steps = [0, 1, 2, 3, 4, 5, 6, 7]
    expect(drawn(backwards, steps.toReversed(), 4).toReversed()).toEqual(drawn(forwards, steps, 4))
    expect(drawn(make(6), steps, 4)).not.toEqual(drawn(make(5), steps, 4))
  })

  test('take unlabelled examples from their own stream, after the labelled ones', () => {
    const labelledOnly = createBatches({ size: 4, labelled: 4 }, allIndices(10), new Int32Array(0), 2)
    const mixed = createBatches({ size: 6, labelled: 4 }, allIndices(10), Int32Array.from([90, 91, 92]), 2)
    for (const [i, batch] of drawn(mixed, [0, 1, 2], 6).entries()) {
      expect(batch.slice(0, 4)).toEqual(drawn(labelledOnly, [i], 4)[0])
      expect(batch.slice(4).every((index) => index >= 90)).toBe(true)
    }
  })
})

describe('labelled examples', () => {
  const count = 60
  const labels = Int32Array.from({ length: count }, (_, i) => i % 3)
  const split = {
    examples: { dtype: 'uint8' as const, values: new Uint8Array(count), scale: 1 },
    labels,
    count,
  }
  const meta = {
    hash: 'a'.repeat(64),
    name: 'digits',
    classes: 3,
    inputSize: 1,
    dtype: 'uint8' as const,
    scale: 1,
    train: count,
    validation: count,
    test: count,
  }
  const dataset = { meta, train: split, validation: split, test: split, folder: '', trainLabels: labels }
  const of = (seed: number, subset: 'per-seed' | 'fixed', perSeed: number): Int32Array =>
    labelledExamples(makeRunSpec({ ...dataset, ...meta }, { seed, labels: { perSeed, subset } }), dataset)

  test('differ from seed to seed, and are shared where the subset is fixed', () => {
    expect(of(1, 'per-seed', 12)).not.toEqual(of(2, 'per-seed', 12))
    expect(of(1, 'fixed', 12)).toEqual(of(2, 'fixed', 12))
  })

  test('of a smaller number are the beginning of those of a larger', () => {
    expect(of(1, 'per-seed', 12)).toEqual(of(1, 'per-seed', 30).slice(0, 12))
  })

  test('are the whole training set, in its order, for the teacher', () => {
    expect(labelledExamples(makeRunSpec({ ...dataset, ...meta }, { labels: null }), dataset)).toEqual(
      allIndices(count),
    )
  })

  test('cannot be more than there are', () => {
    expect(() => of(1, 'per-seed', 61)).toThrow(/fewer labels/)
  })
})

describe('initial weights', () => {
  const network: NetworkSpec = { kind: 'mlp', hidden: [300, 50], dropout: 0 }

  test('are He-uniform with biases 0', () => {
    const weights = initialWeights(networkFacts(network, { inputSize: 600, classes: 10 }), 3)
    expect(weights.map(({ length }) => length)).toEqual([180_000, 300, 15_000, 50, 500, 10])
    for (const [i, fanIn] of [600, 300, 50].entries()) {
      const kernel = weights[i * 2] ?? new Float32Array(0)
      const limit = Math.sqrt(6 / fanIn)
      const variance = kernel.reduce((sum, w) => sum + w * w, 0) / kernel.length
      expect(kernel.every((w) => Math.abs(w) <= limit)).toBe(true)
      expect(variance / (2 / fanIn)).toBeGreaterThan(0.85)
      expect(variance / (2 / fanIn)).toBeLessThan(1.15)
      expect(weights[i * 2 + 1]?.every((bias) => bias === 0)).toBe(true)
    }
  })

  test('follow from the seed, and not from dropout', () => {
    const of = (spec: NetworkSpec, seed: number): Float32Array[] =>
      initialWeights(networkFacts(spec, { inputSize: 6, classes: 2 }), seed)
    expect(of({ ...network, dropout: 0.5 }, 3)).toEqual(of(network, 3))
    expect(of(network, 4)).not.toEqual(of(network, 3))
  })
})

describe('dropout', () => {
  test('drops its share of units and scales the others so that the mean stays', () => {
    for (const rate of [0.5, 0.25, 0.375, 0.2, 0.9]) {
      const dropout = createDropout(rate, 0)
      const mask = new Float32Array(20_001)
      dropout?.fillMask(mask, { seed: 1, step: 0 })
      const kept = mask.filter((value) => value !== 0)
      expect(new Set(kept)).toEqual(new Set([dropout?.scale]))
      expect(kept.length / mask.length).toBeGreaterThan(1 - rate - 0.02)
      expect(kept.length / mask.length).toBeLessThan(1 - rate + 0.02)
      expect((dropout?.scale ?? 0) * (1 - rate)).toBeCloseTo(1, 3)
    }
  })

  test('has masks that follow from seed, step and layer', () => {
    const mask = (seed: number, step: number, layer: number): Float32Array => {
      const out = new Float32Array(99)
      createDropout(0.5, layer)?.fillMask(out, { seed, step })
      return out
    }
    expect(mask(1, 2, 3)).toEqual(mask(1, 2, 3))
    for (const other of [mask(2, 2, 3), mask(1, 3, 3), mask(1, 2, 4)])
      expect(other).not.toEqual(mask(1, 2, 3))
  })

  test('is off at rate 0', () => {
    expect(createDropout(0, 1)).toBeNull()
  })
})

describe('the plan of measurements', () => {
  const options = {
    steps: 1250,
    batchSize: 64,
    labelledPerBatch: 64,
    labelled: 2000,
    evaluatedExamples: 4000,
  }
  const count = (report: (step: number) => boolean, steps: number): number =>
    Array.from({ length: steps }, (_, i) => i + 1).filter(report).length

  test('reports the loss at the end of every epoch of a short run', () => {
    const plan = planMeasurements(options)
    expect(count(plan.reportsLoss, 1250)).toBe(40)
    expect(plan.reportsLoss(31)).toBe(false)
    expect(plan.reportsLoss(32)).toBe(true)
  })

  test('keeps evaluations to at most a fifth of the work, and to between 8 and 40', () => {
    expect(count(planMeasurements(options).evaluates, 1250)).toBeLessThanOrEqual(12)
    expect(count(planMeasurements(options).evaluates, 1250)).toBeGreaterThanOrEqual(8)
    const long = { ...options, steps: 100_000 }
    expect(count(planMeasurements(long).evaluates, long.steps)).toBeLessThanOrEqual(41)
    expect(count(planMeasurements(long).reportsLoss, long.steps)).toBeLessThanOrEqual(201)
  })

  test('says beforehand how many evaluations there will be', () => {
    for (const steps of [1, 5, 31, 32, 33, 400, 1_250, 1_251, 9_999])
      for (const labelledPerBatch of [1, 7, 32, 64]) {
        const plan = planMeasurements({ ...options, steps, labelledPerBatch })
        expect(plan.evaluations).toBe(count(plan.evaluates, steps))
      }
  })

  test('always reports the last step, also of a run shorter than an epoch', () => {
    const plan = planMeasurements({ ...options, steps: 5 })
    expect([1, 2, 3, 4, 5].map(plan.reportsLoss)).toEqual([false, false, false, false, true])
    expect(plan.evaluates(5)).toBe(true)
  })
})

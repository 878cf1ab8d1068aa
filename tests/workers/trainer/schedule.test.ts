import { describe, expect, test } from 'vitest'
import type { TrainingSpec } from '../../../core/contracts/network.ts'
import { learningRateAt } from '../../../workers/trainer/loop/schedule.ts'

const steps = 100
const base: TrainingSpec = {
  steps,
  batchSize: 1,
  optimizer: { name: 'sgd', momentum: 0, weightDecay: 0 },
  learningRate: 0.2,
  schedule: 'constant',
}
const rates = (changes: Partial<TrainingSpec>): number[] =>
  Array.from({ length: changes.steps ?? steps }, (_, step) => learningRateAt({ ...base, ...changes }, step))

/** Closed forms of torch.optim.lr_scheduler at step k, each times the rate of the optimiser. */
const torch = {
  linear: (start: number, end: number, total: number) => (k: number) =>
    start + ((end - start) * Math.min(k, total)) / total,
  multiStep: (milestones: readonly number[], gamma: number) => (k: number) =>
    gamma ** milestones.filter((milestone) => milestone <= k).length,
  cosineAnnealing: (tMax: number) => (k: number) => (1 + Math.cos((Math.PI * k) / tMax)) / 2,
  /** SequentialLR([first, second], milestones=[at]): the second counts from 0 where it takes over. */
  sequential: (first: (k: number) => number, second: (k: number) => number, at: number) => (k: number) =>
    k < at ? first(k) : second(k - at),
}

function expectRates(changes: Partial<TrainingSpec>, factorAt: (k: number) => number): void {
  const learningRate = changes.learningRate ?? base.learningRate
  for (const [k, rate] of rates(changes).entries())
    expect(Math.abs(rate - learningRate * factorAt(k))).toBeLessThan(1e-15)
}

describe('the learning rate', () => {
  test('stays where it is when constant', () => {
    expect(new Set(rates({}))).toEqual(new Set([0.2]))
  })

  test('falls along a cosine from its full value towards 0', () => {
    const at = (step: number): number => learningRateAt({ ...base, schedule: 'cosine' }, step)
    expect(at(0)).toBe(0.2)
    expect(at(50)).toBeCloseTo(0.1, 15)
    expect(at(25)).toBeCloseTo((0.2 * (1 + Math.SQRT1_2)) / 2, 15)
    expect(at(99)).toBeGreaterThan(0)
    expect(at(100)).toBe(0)
    expectRates({ schedule: 'cosine' }, torch.cosineAnnealing(steps))
  })

  test('falls by the factor at each milestone, counted from step 0', () => {
    const milestones = [30, 31, 80]
    const all = rates({ schedule: { name: 'step', milestones, factor: 0.5 } })
    expect([29, 30, 31, 79, 80].map((k) => all[k])).toEqual([0.2, 0.1, 0.05, 0.05, 0.025])
    for (const factor of [0.1, 0.2, 0.97])
      expectRates({ schedule: { name: 'step', milestones, factor } }, torch.multiStep(milestones, factor))
  })

  test('rises linearly over the warm-up and is whole at its last step', () => {
    const all = rates({ warmUpSteps: 8, learningRate: 0.4 })
    expect(all[0]).toBeCloseTo(0.05, 15)
    expect(all[3]).toBeCloseTo(0.2, 15)
    expect(all[7]).toBe(0.4)
    expect(new Set(all.slice(7))).toEqual(new Set([0.4]))
    for (const warmUp of [2, 8, 33])
      expectRates({ warmUpSteps: warmUp }, torch.linear(1 / warmUp, 1, warmUp - 1))
  })

  test('falls along a cosine over the steps after the warm-up', () => {
    const warmUp = 20
    const rising = torch.linear(1 / warmUp, 1, warmUp - 1)
    expectRates(
      { warmUpSteps: warmUp, schedule: 'cosine' },
      torch.sequential(rising, torch.cosineAnnealing(steps - warmUp), warmUp),
    )
  })

  test('has milestones that count from step 0, not from the end of the warm-up', () => {
    const [warmUp, milestones] = [20, [20, 60]]
    const falling = torch.multiStep(milestones, 0.1)
    expectRates({ warmUpSteps: warmUp, schedule: { name: 'step', milestones, factor: 0.1 } }, (k) =>
      k < warmUp ? (k + 1) / warmUp : falling(k),
    )
  })

  test('of a warm-up of one step is that of none, but for the cosine, which begins a step later', () => {
    expect(rates({ warmUpSteps: 1 })).toEqual(rates({}))
    const cosine = rates({ warmUpSteps: 1, schedule: 'cosine' })
    expect(cosine.slice(1)).toEqual(rates({ schedule: 'cosine', steps: steps - 1 }))
  })
})

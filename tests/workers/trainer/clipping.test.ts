import { describe, expect, test } from 'vitest'
import type { TrainingSpec } from '../../../core/contracts/network.ts'
import { pointsOf, useTrainingRoom } from '../../support/training-room.ts'

const room = useTrainingRoom()
const key = 'train/gradient-norm'
const sgd = { name: 'sgd', momentum: 0.9, weightDecay: 0.01 } as const
const training = (changes: Partial<TrainingSpec>) =>
  room.request(room.withTraining({ optimizer: sgd, learningRate: 0.05, schedule: 'constant', ...changes }))

describe('clipping', () => {
  test('at a norm that is never reached changes no bit of the weights', async () => {
    const trainer = await room.start()
    const plain = await room.train(trainer, training({}))
    const loose = await room.train(trainer, training({ clipNorm: 1000 }))
    expect(loose.result).toEqual(plain.result)
    expect(pointsOf(plain.events).some((point) => point.key === key)).toBe(false)
    const without = pointsOf(loose.events).filter((point) => point.key !== key)
    expect(without).toEqual(pointsOf(plain.events))
  })

  test('shows the norm before it at the steps of the loss, and changes the weights where it is above the limit', async () => {
    const trainer = await room.start()
    const plain = await room.train(trainer, training({}))
    const clipped = await room.train(trainer, training({ clipNorm: 0.3 }))
    const points = pointsOf(clipped.events)
    const norms = points.filter((point) => point.key === key)
    expect(norms.map(({ step }) => step)).toEqual(
      points.filter((point) => point.key === 'train/loss').map(({ step }) => step),
    )
    expect(Math.max(...norms.map(({ value }) => value))).toBeGreaterThan(0.3)
    expect(clipped.result.weightsSha256).not.toBe(plain.result.weightsSha256)
  })

  test('lets a training through whose first steps would throw it off', async () => {
    const trainer = await room.start()
    const steep: Partial<TrainingSpec> = { learningRate: 40, optimizer: { ...sgd, weightDecay: 0 } }
    const { end } = await trainer.run({ type: 'train', request: training(steep) })
    const thrownOff =
      end.type === 'diverged' ? 0 : end.type === 'trained' ? end.result.figures['train/accuracy'] : 1
    const { result } = await room.train(trainer, training({ ...steep, clipNorm: 0.002 }))
    expect(result.figures['train/accuracy']).toBeGreaterThan(0.6)
    expect(thrownOff).toBeLessThan(0.6)
  })

  test('leaves no tensor behind', async () => {
    const trainer = await room.start()
    const nesterov = { ...sgd, nesterov: true } as const
    const { events } = await room.train(
      trainer,
      training({ clipNorm: 0.1, optimizer: nesterov, steps: 24_000, warmUpSteps: 10 }),
    )
    const counts = events.flatMap((event) =>
      event.type === 'progress' && event.step > 0 ? [event.tensors] : [],
    )
    expect(counts.length).toBeGreaterThan(1)
    expect(new Set(counts).size).toBe(1)
  })
})

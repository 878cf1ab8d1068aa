import { describe, expect, test } from 'vitest'
import type { EarlyStop, TrainingSpec } from '../../../core/contracts/network.ts'
import type { RunSpec } from '../../../core/contracts/run.ts'
import type { MetricPoint } from '../../../core/contracts/work-report.ts'
import { bestStepKey } from '../../../core/wording/metric-names.ts'
import {
  afterMeasurement,
  isMeasured,
  isReported,
  startEarlyStop,
} from '../../../workers/trainer/loop/early-stop.ts'
import { pointsOf, useTrainingRoom } from '../../support/training-room.ts'

const room = useTrainingRoom()
const rule: EarlyStop = { metric: 'accuracy', everySteps: 10, patience: 2 }

describe('the rule', () => {
  /** State after these values, one every ten steps; a weight is the number of its measurement. */
  const after = (metric: EarlyStop['metric'], values: readonly number[]) =>
    values.reduce(
      (state, value, i) =>
        afterMeasurement({ ...rule, metric }, state, { step: (i + 1) * 10, value }, () => [
          Float32Array.of(i),
        ]),
      startEarlyStop(),
    )

  test('keeps the weights of the best measurement and counts those since then', () => {
    expect(after('accuracy', [0.5, 0.7, 0.6])).toEqual({
      best: { step: 20, value: 0.7, weights: [Float32Array.of(1)] },
      withoutGain: 1,
    })
    expect(after('nll', [0.5, 0.7, 0.4, 0.6, 0.6])).toMatchObject({
      best: { step: 30, value: 0.4 },
      withoutGain: 2,
    })
  })

  test('does not take an equal measurement for a better one, and begins to count anew after a better one', () => {
    expect(after('accuracy', [0.5, 0.5, 0.5])).toMatchObject({ best: { step: 10 }, withoutGain: 2 })
    expect(after('accuracy', [0.5, 0.5, 0.51])).toMatchObject({ best: { step: 30 }, withoutGain: 0 })
  })

  test('measures every so many steps and after the last one', () => {
    const at = Array.from({ length: 25 }, (_, i) => i + 1).filter((done) => isMeasured(rule, 25, done))
    expect(at).toEqual([10, 20, 25])
  })

  test('puts at most 201 measurements on the curve, the last among them', () => {
    const reported = (steps: number, everySteps: number): number[] =>
      Array.from({ length: steps }, (_, i) => i + 1).filter(
        (done) =>
          isMeasured({ ...rule, everySteps }, steps, done) &&
          isReported({ ...rule, everySteps }, steps, done),
      )
    expect(reported(100, 10)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
    expect(reported(4001, 2).length).toBeLessThanOrEqual(201)
    expect(reported(4001, 2).at(-1)).toBe(4001)
  })
})

/** Few labels and a large rate: the validation set stops getting better soon. */
const spec = (earlyStop: EarlyStop | undefined, changes: Partial<TrainingSpec> = {}): RunSpec =>
  room.withTraining({
    steps: 600,
    optimizer: { name: 'sgd', momentum: 0.9, weightDecay: 0, nesterov: true },
    learningRate: 0.1,
    schedule: 'constant',
    clipNorm: 1,
    ...(earlyStop ? { earlyStop } : {}),
    ...changes,
  })

const series = (points: readonly MetricPoint[], key: string): MetricPoint[] =>
  points.filter((point) => point.key === key)

describe('a run that stops early', () => {
  test('ends there, and is evaluated with the weights that a run of just so many steps ends in', async () => {
    const trainer = await room.start()
    const { result, events } = await room.train(trainer, room.request(spec({ ...rule, patience: 4 })))
    const best = result.figures[bestStepKey] ?? Number.NaN
    expect(result.steps).toBe(best + 4 * 10)
    expect(result.steps).toBeLessThan(600)
    expect(result.epochs).toBe((result.steps * 32) / 100)
    const plain = await room.train(trainer, room.request(spec(undefined, { steps: best })))
    expect(result.weightsSha256).toBe(plain.result.weightsSha256)
    expect(result.figures).toEqual({ ...plain.result.figures, [bestStepKey]: best })
    expect(plain.result.figures[bestStepKey]).toBeUndefined()
    const text = events.flatMap((event) => (event.type === 'log' ? [event.text] : [])).at(-1)
    expect(text).toBe(
      `Stopped at step ${result.steps} of 600: validation accuracy was not better in 4 measurements in a row. Evaluated are the weights of step ${best}, where validation accuracy was best.`,
    )
  })

  test('has curves to the last step made, each step once, on which the evaluated one stands as it was measured', async () => {
    const { result, events } = await room.train(
      await room.start(),
      room.request(spec({ ...rule, patience: 4 })),
    )
    const points = pointsOf(events)
    const best = result.figures[bestStepKey] ?? Number.NaN
    for (const key of ['train/accuracy', 'train/nll', 'validation/accuracy', 'validation/nll']) {
      expect(series(points, key).map(({ step }) => step)).toEqual(
        Array.from({ length: result.steps / 10 }, (_, i) => (i + 1) * 10),
      )
      expect(series(points, key).find(({ step }) => step === best)?.value).toBe(result.figures[key])
    }
    for (const key of ['train/loss', 'learning-rate', 'train/gradient-norm'])
      expect(series(points, key).at(-1)?.step).toBe(result.steps)
    const measured = series(points, 'validation/accuracy').map(({ value }) => value)
    expect(Math.max(...measured)).toBe(result.figures['validation/accuracy'])
    expect(measured.indexOf(Math.max(...measured))).toBe(best / 10 - 1)
  })

  test('by NLL is evaluated where that was lowest', async () => {
    const { result, events } = await room.train(
      await room.start(),
      room.request(spec({ metric: 'nll', everySteps: 7, patience: 3 })),
    )
    const measured = series(pointsOf(events), 'validation/nll')
    const lowest = measured.reduce((a, b) => (b.value < a.value ? b : a))
    expect(result.figures[bestStepKey]).toBe(lowest.step)
    expect(result.figures['validation/nll']).toBe(lowest.value)
    expect(result.steps).toBe(lowest.step + 3 * 7)
  })

  test('in vain makes all its steps, measures after the last one, and is evaluated at its best', async () => {
    const { result, events } = await room.train(
      await room.start(),
      room.request(spec({ ...rule, everySteps: 50, patience: 100 }, { steps: 130 })),
    )
    const measured = series(pointsOf(events), 'validation/accuracy')
    expect(measured.map(({ step }) => step)).toEqual([50, 100, 130])
    expect(result.steps).toBe(130)
    expect(result.figures['validation/accuracy']).toBe(Math.max(...measured.map(({ value }) => value)))
  })

  test('ends in the same bits in a fresh process without AVX and FMA', async () => {
    const request = (): ReturnType<typeof room.request> =>
      room.request(
        spec(
          { ...rule, patience: 4 },
          { warmUpSteps: 20, schedule: { name: 'step', milestones: [60], factor: 0.3 } },
        ),
      )
    const plain = await room.train(await room.start(), request())
    const nodeFlags = ['--no-enable-avx', '--no-enable-avx2', '--no-enable-fma3']
    const elsewhere = await room.train(await room.start({ nodeFlags }), request())
    expect(elsewhere.result).toEqual(plain.result)
    expect(pointsOf(elsewhere.events)).toEqual(pointsOf(plain.events))
  })
})

describe('a run with early stopping that was killed', () => {
  test('goes on to the same end, best weights and points', async () => {
    // Patience that outlives the kill, and a best measurement that is older than most checkpoints.
    const stopping = room.spec({
      network: { kind: 'mlp', hidden: [96, 64], dropout: 0.3 },
      training: {
        ...spec({ metric: 'nll', everySteps: 25, patience: 60 }).training,
        steps: 6000,
        warmUpSteps: 40,
        schedule: { name: 'step', milestones: [400, 1500], factor: 0.3 },
      },
    })
    const whole = await room.train(await room.start(), room.request(stopping))
    const best = whole.result.figures[bestStepKey] ?? Number.NaN
    expect(whole.result.steps).toBe(best + 25 * 60)

    const killed = await room.start({ env: { STILLHOUSE_CHECKPOINT_MS: '20' } })
    killed.send({ type: 'train', request: room.request(stopping) })
    let seen = await killed.waitFor('checkpoint')
    while (seen.step <= best) seen = await killed.waitFor('checkpoint', killed.events.indexOf(seen) + 1)
    await killed.stop()
    expect(killed.events.some((event) => event.type === 'trained')).toBe(false)

    const resumed = await room.train(await room.start(), room.request(stopping, { resumeFrom: seen.path }))
    const from = resumed.events.find((event) => event.type === 'resumed')?.step ?? -1
    expect(from).toBeGreaterThan(best)
    expect(from).toBeLessThan(whole.result.steps)
    expect(resumed.result).toEqual(whole.result)
    expect(pointsOf(resumed.events)).toEqual(pointsOf(whole.events))
  })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { RunSpec } from '../../../core/contracts/run.ts'
import type { TrainRequest } from '../../../core/contracts/work-request.ts'
import type { TrainerCommand, TrainerEvent } from '../../../workers/protocol/trainer-messages.ts'
import { onPortable } from '../../support/engines.ts'
import type { TestTrainer } from '../../support/trainer.ts'
import { useTrainingRoom } from '../../support/training-room.ts'

const room = useTrainingRoom()

const trainCommand = (spec: RunSpec, changes: Partial<TrainRequest> = {}): TrainerCommand => ({
  type: 'train',
  request: room.request(spec, changes),
})

const endless = (): RunSpec => room.withTraining({ steps: 5_000_000 })

const isProgress = (event: TrainerEvent): event is Extract<TrainerEvent, { type: 'progress' }> =>
  event.type === 'progress'

/** Waits for progress that is said after this call and is past the first step. */
async function untilStepping(trainer: TestTrainer): Promise<void> {
  for (let from = trainer.events.length; ;) {
    const progress = await trainer.waitFor('progress', from)
    if (progress.step > 0) return
    from = trainer.events.indexOf(progress) + 1
  }
}

describe('a trainer under way', () => {
  test('ends with `cancelled` in the middle of a training and can train again', async () => {
    const trainer = await room.start()
    const before = await trainer.run(trainCommand(room.spec()))
    trainer.send(trainCommand(endless()))
    await untilStepping(trainer)
    trainer.send({ type: 'cancel' })
    await trainer.waitFor('cancelled')
    const after = await trainer.run(trainCommand(room.spec()))
    expect(after.end).toEqual(before.end)
  })

  test('says again and again how far it is, with a tensor count that stays flat', async () => {
    const trainer = await room.start({ env: { STILLHOUSE_CHECKPOINT_MS: '200' } })
    trainer.send(trainCommand(endless()))
    const first = await trainer.waitFor('progress')
    const progress: Extract<TrainerEvent, { type: 'progress' }>[] = []
    for (let i = 0; i < 4; i++) {
      progress.push(await trainer.waitFor('progress', trainer.events.length))
    }
    trainer.send({ type: 'cancel' })
    await trainer.waitFor('cancelled')
    expect(new Set(progress.map(({ tensors }) => tensors)).size).toBe(1)
    for (const [i, { step, stepMs, steps }] of progress.entries()) {
      expect(step).toBeGreaterThan(progress[i - 1]?.step ?? 0)
      expect(stepMs).toBeGreaterThan(0)
      expect(steps).toBe(endless().training.steps)
    }
    const again = await trainer.run(trainCommand(room.spec()))
    // A second run finds no tensors of the first one.
    expect(again.events.find(isProgress)?.tensors).toBe(first.tensors)
  })

  test('exits by itself when its channel to the parent closes', async () => {
    const trainer = await room.start()
    trainer.send(trainCommand(endless()))
    await untilStepping(trainer)
    trainer.child.disconnect()
    await trainer.exited
  })

  test('exits by itself when its parent is killed', async () => {
    const commandFile = join(room.home(), 'command.json')
    await writeFile(commandFile, JSON.stringify(trainCommand(endless())))
    const script = fileURLToPath(new URL('../../support/trainer-parent.ts', import.meta.url))
    const parent = spawn(process.execPath, ['--import', 'tsx', script, commandFile], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    await once(parent.stdout, 'data')
    // Closes when the last process that holds it is gone: the trainer.
    const closed = once(parent.stderr, 'close')
    parent.stderr.resume()
    parent.kill('SIGKILL')
    await closed
  })

  test('exits when it is told to', async () => {
    const trainer = await room.start()
    trainer.send({ type: 'exit' })
    expect(await trainer.exited).toEqual({ code: 0, signal: null })
  })
})

describe('a profile', () => {
  test('gives quantiles and throughput, and leaves no tensors', async () => {
    const trainer = await room.start()
    const request = {
      network: { kind: 'mlp' as const, hidden: [32], dropout: 0.5 },
      inputSize: 20,
      classes: 4,
      seed: 1,
      warmUp: 5,
      requests: 50,
      batches: 10,
    }
    const { end } = await trainer.run({ type: 'profile', request })
    if (end.type !== 'profiled') throw new Error(JSON.stringify(end))
    expect(end.latency.p50Ms).toBeGreaterThan(0)
    expect(end.latency.p90Ms).toBeGreaterThanOrEqual(end.latency.p50Ms)
    expect(end.latency.throughput).toBeGreaterThan(32)
    const { events } = await trainer.run({ type: 'profile', request })
    expect(events.find(isProgress)?.tensors).toBe(0)
  })
})

describe('engines', () => {
  test('the cpu engine trains the same network to nearly the same numbers', async () => {
    const [tested, cpu] = [await room.start(), await room.start({ env: { STILLHOUSE_ENGINE: 'cpu' } })]
    const network = { kind: 'mlp' as const, hidden: [16, 8], dropout: 0.2 }
    for (const optimizer of [
      room.spec().training.optimizer,
      { name: 'sgd', momentum: 0.9, weightDecay: 1e-3 } as const,
    ]) {
      const spec = { ...room.withTraining({ steps: 60, optimizer }), network }
      const one = await tested.run(trainCommand(spec))
      const other = await cpu.run(trainCommand({ ...spec, engine: { name: 'cpu', version: 'test' } }))
      if (one.end.type !== 'trained' || other.end.type !== 'trained')
        throw new Error(JSON.stringify(other.end))
      const [a, b] = [one.end.result.figures, other.end.result.figures]
      for (const key of ['test/nll', 'train/nll', 'test/brier'])
        expect(b[key]).toBeCloseTo(a[key] ?? Number.NaN, 3)
      const counts = other.events.filter(isProgress).map(({ tensors }) => tensors)
      expect(counts.at(-1)).toBeLessThan(40)
    }
  })

  test.skipIf(!onPortable)('a trainer without its kernels says so and exits', async () => {
    const env = { STILLHOUSE_KERNELS: join(room.home(), 'no-kernels.wasm') }
    await expect(room.start({ env })).rejects.toThrow(/"code":3.*no-kernels\.wasm/)
  })

  test('auto takes the portable engine, also where the native one is installed', async () => {
    const trainer = await room.start({ env: { STILLHOUSE_ENGINE: 'auto' } })
    const { engine } = await trainer.waitFor('ready')
    expect(engine.name).toBe('wasm')
    expect(engine.version).toMatch(/^tfjs 4\.22\.0, kernels [0-9a-f]{8}$/)
  })
})

import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Assignment } from '../../../core/contracts/work-request.ts'
import { writeSyntheticDataset, type SyntheticDataset } from '../../support/dataset.ts'
import { ensureKernels } from '../../support/kernels.ts'
import { makeRunSpec } from '../../support/run-spec.ts'
import { trainersOf } from './trainers-of.ts'
import { forkSupervisor, type ForkedSupervisor } from './forked-supervisor.ts'
import { untilGone } from './is-alive.ts'

let folder: string
let dataset: SyntheticDataset
let supervisor: ForkedSupervisor

beforeAll(async () => {
  await ensureKernels()
  folder = await mkdtemp(join(tmpdir(), 'stillhouse-supervisor-'))
  dataset = await writeSyntheticDataset(join(folder, 'dataset'))
})
afterEach(() => supervisor.end())
afterAll(() => rm(folder, { recursive: true, force: true }))

const training = async (
  attemptId: string,
  steps: number,
  resumeFrom: string | null = null,
): Promise<Assignment> => {
  const scratch = join(folder, attemptId)
  await mkdir(scratch)
  const usual = makeRunSpec(dataset)
  return {
    kind: 'train',
    attemptId,
    engine: 'wasm',
    request: {
      runId: 'run-1',
      spec: { ...usual, training: { ...usual.training, steps } },
      dataset: dataset.folder,
      scratch,
      resumeFrom,
      teacherLogits: null,
      teacherNetwork: null,
    },
  }
}

const lastCheckpoint = (attemptId: string): string | undefined =>
  supervisor.items
    .get(attemptId)
    ?.flatMap(({ event }) => (event.type === 'checkpoint' ? [event.path] : []))
    .at(-1)

const trainerOf = (forked: ForkedSupervisor): number => {
  const [trainer] = trainersOf(forked.child.pid ?? 0)
  if (trainer === undefined) throw new Error('the supervisor has no trainer')
  return trainer
}

const weights = async (attemptId: string): Promise<string> => {
  const outcome = await supervisor.outcome(attemptId)
  if (outcome.type !== 'trained') throw new Error(JSON.stringify(outcome))
  return outcome.weightsSha256
}

describe('a supervisor with the real trainer', () => {
  it('trains runs one after the other in the same process, each with its artifacts', async () => {
    supervisor = forkSupervisor({})
    supervisor.queue.push(await training('one', 150), await training('two', 150))
    expect(await weights('two')).toBe(await weights('one'))
    const names = (supervisor.items.get('two') ?? []).flatMap(({ event }) =>
      event.type === 'artifact' ? [event.artifact.name] : [],
    )
    expect(names).toContain('predictions/test.npy')
    expect(trainersOf(supervisor.child.pid ?? 0)).toHaveLength(1)
  })

  it('loses a killed trainer, and the next attempt goes on from its checkpoint to the same weights', async () => {
    supervisor = forkSupervisor({ env: { STILLHOUSE_CHECKPOINT_MS: '20' } })
    supervisor.queue.push(await training('undisturbed', 4000))
    const expected = await weights('undisturbed')

    supervisor.queue.push(await training('killed', 4000))
    supervisor.send({ type: 'wake' })
    await supervisor.until(() => lastCheckpoint('killed') !== undefined)
    process.kill(trainerOf(supervisor), 'SIGKILL')
    expect(await supervisor.outcome('killed')).toMatchObject({ type: 'failed', reason: 'lost' })

    supervisor.queue.push(await training('resumed', 4000, lastCheckpoint('killed')))
    supervisor.send({ type: 'wake' })
    expect(await weights('resumed')).toBe(expected)
    const resumedAt = supervisor.items
      .get('resumed')
      ?.flatMap(({ event }) => (event.type === 'resumed' ? [event.step] : []))
    expect(resumedAt).toHaveLength(1)
    expect(resumedAt?.[0]).toBeGreaterThan(0)
  })

  it('cancels a training and keeps the process', async () => {
    supervisor = forkSupervisor({ env: { STILLHOUSE_CHECKPOINT_MS: '20' } })
    supervisor.queue.push(await training('cancelled', 1_000_000))
    await supervisor.until(() => lastCheckpoint('cancelled') !== undefined)
    const trainer = trainerOf(supervisor)
    supervisor.stop.add('cancelled')
    expect(await supervisor.outcome('cancelled')).toMatchObject({ type: 'cancelled' })
    expect(trainerOf(supervisor)).toBe(trainer)
  })

  it('measures latencies of two networks in fresh processes', async () => {
    supervisor = forkSupervisor({})
    supervisor.queue.push({
      kind: 'profile',
      attemptId: 'profile',
      engine: 'wasm',
      blocks: 2,
      seed: 1,
      items: [8, 512].map((width) => ({
        id: `w${width}`,
        network: { kind: 'mlp' as const, hidden: [width, width], dropout: 0 },
      })),
      settings: { inputSize: 784, classes: 10, warmUp: 5, requests: 30, batches: 5 },
    })
    expect(await supervisor.outcome('profile')).toEqual({ type: 'profiled' })
    const blocks = (supervisor.items.get('profile') ?? []).flatMap(({ event }) =>
      event.type === 'latency-block' ? [event] : [],
    )
    expect(blocks.map(({ block }) => block)).toEqual([0, 0, 1, 1])
    for (const { latency } of blocks) {
      expect(latency.p50Ms).toBeGreaterThan(0)
      expect(latency.p90Ms).toBeGreaterThanOrEqual(latency.p50Ms)
      expect(latency.throughput).toBeGreaterThan(0)
    }
  })

  it('leaves no trainer training when it is killed', async () => {
    supervisor = forkSupervisor({ env: { STILLHOUSE_CHECKPOINT_MS: '20' } })
    supervisor.queue.push(await training('orphaned', 1_000_000))
    await supervisor.until(() => lastCheckpoint('orphaned') !== undefined)
    const trainer = trainerOf(supervisor)
    supervisor.child.kill('SIGKILL')
    await once(supervisor.child, 'exit')
    await untilGone(trainer)
  })
})

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { onPortable } from '../../support/engines.ts'
import { pointsOf, useTrainingRoom } from '../../support/training-room.ts'

const room = useTrainingRoom()

describe('equal specs', () => {
  test('give equal weights in a fresh process, in a used one, and without AVX and FMA', async () => {
    const network = { kind: 'mlp' as const, hidden: [48, 48], dropout: 0.5 }
    const spec = room.spec({ armId: 'teacher', method: null, labels: null, seed: 1001, network })
    const [plain, withoutVectors] = await Promise.all([
      room.start(),
      room.start({ nodeFlags: ['--no-enable-avx', '--no-enable-avx2', '--no-enable-fma3'] }),
    ])
    const first = await room.train(plain, room.request(spec))
    const other = await room.train(plain, room.request({ ...spec, seed: 1002 }))
    const again = await room.train(plain, room.request(spec))
    const elsewhere = await room.train(withoutVectors, room.request(spec))
    expect(other.result.weightsSha256).not.toBe(first.result.weightsSha256)
    expect(again.result).toEqual(first.result)
    expect(pointsOf(again.events)).toEqual(pointsOf(first.events))
    expect(elsewhere.result.weightsSha256).toBe(first.result.weightsSha256)
    expect(elsewhere.result.figures).toEqual(first.result.figures)
  })
})

// Native weights belong to a machine and a version of TensorFlow.
test.skipIf(!onPortable)(
  'a fixed spec gives the weights that were recorded for it, on any machine',
  async () => {
    const { result } = await room.train(await room.start(), room.request(room.spec()))
    // Changes only with the training itself: then a new engine version must go with it.
    expect(result.weightsSha256).toBe('ce057c963b53c9c498e099b1dd6cd93ce1cb6d7d54bd7c0980fb855ed0b570e2')
  },
)

describe('a run that was killed', () => {
  test('goes on from its checkpoint to the same weights, figures and points', async () => {
    const spec = room.spec({
      network: { kind: 'mlp', hidden: [96, 64], dropout: 0.3 },
      training: { ...room.spec().training, steps: 1200 },
    })
    const whole = await room.train(await room.start(), room.request(spec))

    const killed = await room.start({ env: { STILLHOUSE_CHECKPOINT_MS: '30' } })
    const request = room.request(spec)
    killed.send({ type: 'train', request })
    const { path, step } = await killed.waitFor('checkpoint')
    await killed.stop()
    expect(killed.events.some((event) => event.type === 'trained')).toBe(false)
    expect(step).toBeGreaterThan(0)

    const resumed = await room.train(await room.start(), room.request(spec, { resumeFrom: path }))
    const from = resumed.events.find((event) => event.type === 'resumed')?.step ?? -1
    // The file may be a later checkpoint than the one that was heard of.
    expect(from).toBeGreaterThanOrEqual(step)
    expect(from).toBeLessThan(1200)
    expect(resumed.result).toEqual(whole.result)
    // The curve up to the checkpoint is sent again: what the first attempt sent may not have arrived.
    expect(pointsOf(resumed.events)).toEqual(pointsOf(whole.events))
  })

  test('begins anew, with the same result, where the checkpoint is damaged', async () => {
    const spec = room.spec()
    const trainer = await room.start()
    const whole = await room.train(trainer, room.request(spec))
    const resumed = await room.train(
      trainer,
      room.request(spec, { resumeFrom: join(room.dataset().folder, 'meta.json') }),
    )
    expect(resumed.result).toEqual(whole.result)
    expect(
      resumed.events.some(
        (event) => event.type === 'log' && event.level === 'warn' && event.text.includes('checkpoint'),
      ),
    ).toBe(true)
  })

  /** A checkpoint of the usual run, and what that run comes to. */
  async function interrupted(): Promise<{
    trainer: Awaited<ReturnType<typeof room.start>>
    path: string
    whole: Awaited<ReturnType<typeof room.train>>
  }> {
    const trainer = await room.start({ env: { STILLHOUSE_CHECKPOINT_MS: '0' } })
    const whole = await room.train(trainer, room.request(room.spec()))
    const path = whole.events.find((event) => event.type === 'checkpoint')?.path ?? ''
    return { trainer, path, whole }
  }

  const ofCheckpoint = (events: Awaited<ReturnType<typeof room.train>>['events']): string[] =>
    events.flatMap((event) => (event.type === 'log' && event.text.includes('checkpoint') ? [event.text] : []))

  test('begins anew where the checkpoint belongs to another run, and says so', async () => {
    const { trainer, path } = await interrupted()
    const other = room.spec({ seed: 2 })
    const whole = await room.train(trainer, room.request(other))
    const resumed = await room.train(trainer, room.request(other, { resumeFrom: path }))
    expect(resumed.result).toEqual(whole.result)
    expect(ofCheckpoint(resumed.events)).toEqual([expect.stringContaining('belongs to another training')])
  })

  test('goes on from a checkpoint whose spec has its keys in another order', async () => {
    const { trainer, path, whole } = await interrupted()
    const spec = room.spec()
    const turned = Object.fromEntries(Object.entries(spec).toReversed()) as typeof spec
    const resumed = await room.train(trainer, room.request(turned, { resumeFrom: path }))
    expect(resumed.events.some((event) => event.type === 'resumed')).toBe(true)
    expect(resumed.result).toEqual(whole.result)
  })

  test('begins anew where a byte of the header has changed', async () => {
    const { trainer, path, whole } = await interrupted()
    const bytes = await readFile(path)
    const at = bytes.indexOf('"step":') + 7
    bytes[at] = bytes[at] === 0x39 ? 0x38 : (bytes[at] ?? 0) + 1
    await writeFile(path, bytes)
    const resumed = await room.train(trainer, room.request(room.spec(), { resumeFrom: path }))
    expect(resumed.result).toEqual(whole.result)
    expect(ofCheckpoint(resumed.events)).toEqual([expect.stringContaining('is damaged')])
  })
})

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decodeNpy, encodeNpy } from '../../../core/data/npy.ts'
import { logitsOf, useTrainingRoom } from '../../support/training-room.ts'

const room = useTrainingRoom()

/** The synthetic data set with its inputs as float32, as tables are prepared: byte × scale, rounded once. */
async function writeAsTable(name: string, change?: (values: Float32Array) => void): Promise<string> {
  const source = room.dataset()
  const folder = join(room.home(), name)
  await mkdir(folder)
  const { scale, ...meta } = JSON.parse(await readFile(join(source.folder, 'meta.json'), 'utf8')) as {
    scale: number
  }
  for (const part of ['train', 'validation', 'test']) {
    const bytes = decodeNpy(await readFile(join(source.folder, `${part}.examples.npy`)))
    const data = Float32Array.from(bytes.data, (byte) => byte * scale)
    change?.(data)
    await writeFile(
      join(folder, `${part}.examples.npy`),
      encodeNpy({ dtype: 'float32', shape: bytes.shape, data }),
    )
    await writeFile(
      join(folder, `${part}.labels.npy`),
      await readFile(join(source.folder, `${part}.labels.npy`)),
    )
  }
  await writeFile(join(folder, 'meta.json'), JSON.stringify({ ...meta, dtype: 'float32', classNames: ['a'] }))
  return folder
}

describe('inputs as numbers', () => {
  test('train the same teacher and student, bit for bit, as the same inputs as bytes', async () => {
    const dataset = await writeAsTable('same')
    const trainer = await room.start()
    const teacherSpec = room.spec({ armId: 'teacher', method: null, labels: null, seed: 1001 })
    const student = room.spec({
      armId: 'soft',
      method: { name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 },
      teacherSpecHash: 'f'.repeat(64),
    })
    const results = []
    for (const changes of [{}, { dataset }]) {
      const request = room.request(teacherSpec, changes)
      const teacher = await room.train(trainer, request)
      const taught = await room.train(
        trainer,
        room.request(student, { ...changes, teacherLogits: logitsOf(request) }),
      )
      results.push([teacher.result, taught.result])
    }
    expect(results[1]).toEqual(results[0])
    expect(results[0]?.[0]?.figures['test/accuracy']).toBeGreaterThan(0.5)
  })

  test('that are not finite are refused with their file', async () => {
    const dataset = await writeAsTable('broken', (values) => (values[7] = Number.NaN))
    const trainer = await room.start()
    const { end } = await trainer.run({ type: 'train', request: room.request(room.spec(), { dataset }) })
    expect(end).toMatchObject({ type: 'failed', reason: 'bad-input' })
    expect(JSON.stringify(end)).toMatch(/examples\.npy holds numbers that are not finite/)
  })

  test('are refused where meta.json says neither their scale nor that they are numbers', async () => {
    const dataset = await writeAsTable('unsaid')
    const meta = JSON.parse(await readFile(join(dataset, 'meta.json'), 'utf8')) as object
    await writeFile(join(dataset, 'meta.json'), JSON.stringify({ ...meta, dtype: undefined }))
    const trainer = await room.start()
    const { end } = await trainer.run({ type: 'train', request: room.request(room.spec(), { dataset }) })
    expect(end).toMatchObject({ type: 'failed', reason: 'bad-input' })
    expect(JSON.stringify(end)).toMatch(/meta\.json: /)
  })
})

import { expect, test } from 'vitest'
import { TrainerFailure, classifyFailure } from '../../../workers/trainer/failure.ts'

const withCode = (code: string): Error => Object.assign(new Error(`${code}: write`), { code })

test('a full disk and an exhausted quota are `disk-full` and say to free space', () => {
  for (const code of ['ENOSPC', 'EDQUOT'])
    expect(classifyFailure(withCode(code))).toMatchObject({
      reason: 'disk-full',
      text: expect.stringContaining('Free some'),
    })
})

test('what V8 and wasm throw when memory runs out is `out-of-memory`', () => {
  for (const error of [
    new RangeError('Array buffer allocation failed'),
    new RangeError('Invalid typed array length: 99999999999'),
    new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded, out of memory'),
    new WebAssembly.RuntimeError('Aborted(OOM)'),
  ])
    expect(classifyFailure(error).reason).toBe('out-of-memory')
})

test('another RangeError is no lack of memory', () => {
  expect(classifyFailure(new RangeError('label 7 is not a class')).reason).toBe('error')
})

test('a failure that was classified already keeps its reason and text', () => {
  expect(classifyFailure(new TrainerFailure('bad-input', 'No such folder.'))).toEqual({
    reason: 'bad-input',
    text: 'No such folder.',
  })
})

test('anything else is `error` with its message', () => {
  expect(classifyFailure(new Error('odd'))).toEqual({ reason: 'error', text: 'The training failed: odd' })
  expect(classifyFailure('odd').reason).toBe('error')
})

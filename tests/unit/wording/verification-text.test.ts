import { describe, expect, test } from 'vitest'
import type { CheckedFile } from '../../../core/contracts/verification.ts'
import { verificationDifferences, verificationOutcome } from '../../../core/wording/verification-text.ts'

const [a, b, c] = ['a', 'b', 'c'].map((digit) => digit.repeat(64)) as [string, string, string]
const same: CheckedFile = { recorded: a, listed: null, onDisk: a, found: a, difference: null }
const wasm = { name: 'wasm', version: 'tfjs 4.22.0, kernels 1' } as const
const textsOf = (weights: CheckedFile, engine: { name: 'wasm' | 'native' | 'cpu'; version: string } = wasm) =>
  verificationDifferences({ weights, testLogits: same, engine }, wasm)

describe('a verification', () => {
  test('is identical only where record, list, file and training agree', () => {
    const outcome = (weights: CheckedFile) => verificationOutcome({ weights, testLogits: same })
    expect(outcome(same)).toBe('identical')
    for (const change of [{ found: b }, { found: null }, { onDisk: b }, { onDisk: null }, { listed: b }])
      expect(outcome({ ...same, ...change })).toBe('differs')
    expect(verificationOutcome({ weights: same, testLogits: { ...same, found: b } })).toBe('differs')
  })

  test('blames the training, the file or the record, whichever stands alone', () => {
    expect(textsOf({ ...same, found: b })).toEqual([
      expect.stringContaining('Weights: the training gave something else (bbbbbbbb instead of aaaaaaaa)'),
    ])
    expect(textsOf({ ...same, onDisk: b })).toEqual([
      expect.stringContaining('the stored file is damaged (bbbbbbbb instead of aaaaaaaa)'),
    ])
    expect(textsOf({ ...same, onDisk: b, found: b })).toEqual([
      expect.stringContaining('the record was changed'),
    ])
    expect(textsOf({ ...same, onDisk: null })).toEqual([expect.stringContaining('the stored file is gone')])
    expect(textsOf({ ...same, listed: c })).toEqual([
      expect.stringContaining('the list of artifacts records cccccccc, the run aaaaaaaa'),
    ])
    expect(textsOf({ ...same, onDisk: b, found: c })).toHaveLength(2)
  })

  test('says where the numbers part', () => {
    const difference = {
      array: 'layer-2/bias',
      index: 3,
      stored: 0.5,
      found: null,
      differing: 1_200,
      elements: 109_386,
      largest: null,
    }
    expect(textsOf({ ...same, found: b, difference })[0]).toContain(
      '1,200 of 109,386 numbers differ, first layer-2/bias [3]: 0.5 stored, not finite found; one is not finite',
    )
  })

  test('names another engine version, and what an engine does not promise, where the training differs', () => {
    const differs = { ...same, found: b }
    expect(textsOf(differs, { name: 'wasm', version: 'newer' })[1]).toBe(
      'It was trained with tfjs 4.22.0, kernels 1 and checked with newer.',
    )
    expect(textsOf(differs, { name: 'native', version: wasm.version })[1]).toBe(
      'The native engine gives the same bits only on the same machine with the same number of threads: this says little where it was trained elsewhere.',
    )
    expect(textsOf(differs, { name: 'cpu', version: wasm.version })[1]).toBe(
      'The cpu engine gives the same bits only with the same version of Node.',
    )
    expect(textsOf(differs)).toHaveLength(1)
    expect(textsOf({ ...same, onDisk: b }, { name: 'wasm', version: 'newer' })).toHaveLength(1)
  })

  test('says so where the training diverged this time', () => {
    expect(textsOf({ ...same, found: null })).toEqual([expect.stringContaining('diverged this time')])
  })
})

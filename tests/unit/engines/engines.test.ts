import { describe, expect, test } from 'vitest'
import { EngineChoice, EngineName } from '../../../core/contracts/protocol.ts'
import { engineCards, engineNames, usualEngine } from '../../../core/engines/registry.ts'

test('every engine is listed once, under its own name, the usual one first', () => {
  expect(engineNames.toSorted()).toEqual(Object.keys(engineCards).toSorted())
  for (const name of engineNames) expect(engineCards[name].name).toBe(name)
  expect(engineNames[0]).toBe(usualEngine)
  expect(EngineName.options).toEqual(['wasm', 'native', 'cpu'])
  expect(EngineChoice.options).toEqual(['auto', 'wasm', 'native', 'cpu'])
})

describe.each(engineNames.map((name) => ({ name })))('$name', ({ name }) => {
  test('says what it promises in sentences', () => {
    const { label, description, promise } = engineCards[name]
    expect(label).not.toBe('')
    expect(promise.engine).toMatch(/^The .* engine$/)
    for (const sentence of [description, promise.repeats]) expect(sentence).toMatch(/^[A-Z].*\.$/)
    expect(promise.only ?? 'on any machine').not.toMatch(/[.]$/)
  })
})

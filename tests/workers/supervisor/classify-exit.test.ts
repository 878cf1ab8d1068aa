import { describe, expect, it } from 'vitest'
import { classifyExit } from '../../../workers/supervisor/classify-exit.ts'
import { outcomeOf } from '../../../workers/supervisor/outcome-of.ts'
import type { TrainerExit } from '../../../workers/supervisor/trainer-end.ts'

const exit = (changes: Partial<TrainerExit>): TrainerExit => ({
  code: null,
  signal: null,
  tail: '',
  memoryKill: false,
  ...changes,
})

describe('classifyExit', () => {
  it('calls an exit code a loss and shows what was printed last', () => {
    const { reason, text } = classifyExit(exit({ code: 3, tail: 'something broke\n' }), null)
    expect(reason).toBe('lost')
    expect(text).toBe('The trainer ended with exit code 3. It last printed:\nsomething broke')
  })

  it('calls SIGKILL a loss when nothing speaks for memory', () => {
    const { reason, text } = classifyExit(exit({ signal: 'SIGKILL' }), 250_000_000)
    expect(reason).toBe('lost')
    expect(text).toContain('SIGKILL')
    expect(text).toContain('250 MB')
  })

  it('calls SIGKILL out of memory when the system ended processes for memory meanwhile', () => {
    const { reason, text } = classifyExit(exit({ signal: 'SIGKILL', memoryKill: true }), 3_200_000_000)
    expect(reason).toBe('out-of-memory')
    expect(text).toContain('3,200 MB')
  })

  it.each([
    [{ signal: 'SIGABRT' as const, tail: 'FATAL ERROR: JavaScript heap out of memory' }],
    [{ code: 134, tail: 'allocation failure, JavaScript heap out of memory' }],
    [{ code: 1, tail: 'RangeError: Array buffer allocation failed' }],
    [{ code: 1, tail: 'RangeError: WebAssembly.Memory(): could not allocate memory' }],
  ])('recognises memory in what was printed: %o', (changes) => {
    expect(classifyExit(exit(changes), null).reason).toBe('out-of-memory')
  })

  it('calls an abort that says nothing of memory a loss', () => {
    expect(classifyExit(exit({ signal: 'SIGABRT', tail: 'Assertion failed' }), null).reason).toBe('lost')
  })

  it('does not take an early exit 0 for a success', () => {
    expect(classifyExit(exit({ code: 0 }), null).reason).toBe('lost')
  })
})

describe('outcomeOf', () => {
  it('names both figures when a trainer took too much memory', () => {
    const outcome = outcomeOf({
      type: 'over-memory',
      residentBytes: 2_100_000_000,
      limitBytes: 2_000_000_000,
    })
    expect(outcome).toMatchObject({ type: 'failed', reason: 'out-of-memory' })
    expect(outcome).toHaveProperty('text', expect.stringMatching(/2,100 MB.*2,000 MB/))
  })

  it('calls a trainer without the asked engine bad input, which is not tried again', () => {
    expect(outcomeOf({ type: 'wrong-engine', asked: 'native', found: 'wasm' })).toMatchObject({
      type: 'failed',
      reason: 'bad-input',
    })
  })
})

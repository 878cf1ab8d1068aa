import { array, assert, integer, nat, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSteadyClock } from '../../../core/time/steady-clock.ts'

const hourMs = 3_600_000

function machine(): { wall: number; passed: number; clock: ReturnType<typeof createSteadyClock> } {
  const state = { wall: 1_000_000_000_000, passed: 50 }
  const clock = createSteadyClock(
    () => state.wall,
    () => state.passed,
  )
  return Object.assign(state, { clock })
}

describe('a steady clock', () => {
  it('says what the machine says, and follows it forward', () => {
    const room = machine()
    expect(room.clock.now()).toBe(room.wall)
    room.wall += hourMs
    expect(room.clock.now()).toBe(room.wall)
  })

  it('goes on at an even pace when the machine is set back, and follows it again once it has caught up', () => {
    const room = machine()
    const before = room.clock.now()
    room.wall -= hourMs
    room.passed += 10
    expect(room.clock.now()).toBe(before + 10)
    room.wall += hourMs + 25
    room.passed += 15
    expect(room.clock.now()).toBe(before + 25)
    room.wall += 5
    room.passed += 5
    expect(room.clock.now()).toBe(room.wall)
  })

  it('says nothing before a given time', () => {
    const room = machine()
    room.clock.notBefore(room.wall + hourMs)
    room.passed += 7
    expect(room.clock.now()).toBe(room.wall + hourMs + 7)
    room.clock.notBefore(0)
    expect(room.clock.now()).toBe(room.wall + hourMs + 7)
  })

  it('never goes back, and never loses time that has passed', () => {
    const turns = array(tuple(integer({ min: -hourMs, max: hourMs }), nat({ max: 10_000 })))
    assert(
      property(turns, (jumps) => {
        const room = machine()
        let before = room.clock.now()
        for (const [jump, passed] of jumps) {
          room.wall += jump + passed
          room.passed += passed
          const now = room.clock.now()
          expect(now).toBeGreaterThanOrEqual(before + passed)
          before = now
        }
      }),
    )
  })
})

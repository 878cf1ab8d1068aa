import { describe, expect, it } from 'vitest'
import { Protocol, StoredProtocol, type ExperimentDraftInput } from '../../../core/contracts/protocol.ts'
import { draftProtocol, type DraftResult } from '../../../core/planning/draft-protocol.ts'
import { seedsAddedAt, seedsUpTo } from '../../../core/planning/plan-looks.ts'
import { digits, draft, wasm } from './drafts.ts'

const drafted = (changes: Partial<ExperimentDraftInput>, test = digits.test): DraftResult =>
  draftProtocol(draft(changes), { ...digits, test }, wasm)

const problemsOf = (changes: Partial<ExperimentDraftInput>): [string, string][] => {
  const result = drafted(changes)
  return result.ok ? [] : result.problems.map(({ path, message }) => [path, message])
}

function protocolOf(changes: Partial<ExperimentDraftInput>, test?: number): Protocol {
  const result = drafted(changes, test)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return Protocol.parse(result.protocol)
}

describe('the looks of a draft', () => {
  it('are one, with all of alpha and nothing after it, where no more are asked for', () => {
    for (const seeds of [1, 2, 3, 8]) {
      expect(protocolOf({ seeds, continuation: 'until-decided' })).toMatchObject({
        looks: [{ seeds, alpha: 0.05 }],
        continuation: 'none',
      })
    }
  })

  it('spend the published shares of alpha, and the last takes all seeds', () => {
    const two = protocolOf({ seeds: 5, moreLooks: [10] })
    expect(two.continuation).toBe('on-request')
    expect(two.looks.map((look) => look.seeds)).toEqual([5, 10])
    expect(two.looks.map((look) => look.alpha)).toEqual([expect.closeTo(0.02, 12), expect.closeTo(0.03, 12)])
    const three = protocolOf({ seeds: 3, moreLooks: [5, 10], continuation: 'until-decided' })
    expect(three.looks.map((look) => Number(look.alpha.toFixed(12)))).toEqual([0.005, 0.015, 0.03])
    expect(three.seeds).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(three.continuation).toBe('until-decided')
  })

  it('begin at the first seed that was asked for', () => {
    const protocol = protocolOf({ seeds: 3, moreLooks: [5], firstSeed: 9 })
    expect(protocol.seeds).toEqual([9, 10, 11, 12, 13])
    expect(seedsUpTo(protocol, 0)).toEqual([9, 10, 11])
    expect(seedsAddedAt(protocol, 0)).toEqual([9, 10, 11])
    expect(seedsUpTo(protocol, 1)).toEqual(protocol.seeds)
    expect(seedsAddedAt(protocol, 1)).toEqual([12, 13])
    expect(seedsAddedAt(protocol, 2)).toEqual([])
  })

  it('have one pairing, that of the last look', () => {
    expect(protocolOf({ seeds: 3 }).paired).toBe(false)
    expect(protocolOf({ seeds: 3, moreLooks: [4] }).paired).toBe(false)
    expect(protocolOf({ seeds: 3, moreLooks: [5] }).paired).toBe(true)
  })

  it('are refused in words where they cannot be taken', () => {
    const rise = 'Each look needs more seeds than the one before it: 5 and 5 do not rise.'
    expect(problemsOf({ seeds: 5, moreLooks: [5] })).toEqual([['moreLooks', rise]])
    expect(problemsOf({ seeds: 5, moreLooks: [8, 7] })[0]?.[1]).toContain('5, 8 and 7 do not rise')
    expect(problemsOf({ seeds: 2, moreLooks: [5] })).toEqual([
      ['moreLooks', 'With more than one look, the first needs at least 3 seeds an arm.'],
    ])
    expect(problemsOf({ seeds: 3, moreLooks: [101] })).toEqual([
      ['moreLooks', 'At most 100 seeds an arm at the last look.'],
    ])
    expect(problemsOf({ seeds: 3, moreLooks: [100] })).toEqual([])
    expect(problemsOf({ seeds: 3, moreLooks: [21], continuation: 'until-decided' })).toEqual([
      ['moreLooks', 'Until decided goes up to 20 seeds an arm.'],
    ])
    expect(problemsOf({ seeds: 3, moreLooks: [20], continuation: 'until-decided' })).toEqual([])
  })

  it('are at most 20', () => {
    const moreLooks = (count: number) => Array.from({ length: count }, (_, index) => 4 + index)
    expect(protocolOf({ seeds: 3, moreLooks: moreLooks(19) }).looks).toHaveLength(20)
    const tooMany = { ...draft({ seeds: 3 }), moreLooks: moreLooks(20) }
    expect(draftProtocol(tooMany, digits, wasm)).toMatchObject({
      ok: false,
      problems: [{ path: 'moreLooks', message: 'At most 20 looks can be planned.' }],
    })
  })

  it('are announced with what happens to arms that are not decided', () => {
    const asked = drafted({ seeds: 5, moreLooks: [10] }).notes.join(' ')
    expect(asked).toContain('one click adds its seeds up to 10')
    expect(asked).toContain('(0.02 and 0.03)')
    const alone = drafted({ seeds: 3, moreLooks: [5, 10], continuation: 'until-decided' }).notes.join(' ')
    expect(alone).toContain('go on by themselves, to 5 and 10 seeds')
    expect(alone).toContain('(0.005, 0.015 and 0.03)')
    expect(alone).not.toContain('unpaired')
    expect(drafted({ seeds: 3, moreLooks: [4] }).notes.join(' ')).toContain('unpaired')
  })
})

describe('the secondary margins of a draft', () => {
  it('are the usual ones, and against the teacher that of the primary metric', () => {
    const usual = { accuracy: 0.01, nll: 0.02, brier: 0.01, gap: 0.01, latency: 0.05, teacher: 0.03 }
    expect(protocolOf({ margin: 0.03 }).margins).toEqual(usual)
    expect(protocolOf({ margin: 0.03 }, 50_000).margins).toEqual({ ...usual, accuracy: 0.005 })
    expect(protocolOf({ margin: 0.03 }, 49_999).margins?.accuracy).toBe(0.01)
  })

  it('can each be chosen, and must be more than 0', () => {
    expect(protocolOf({ margins: { nll: 0.1, teacher: 0.2 } }).margins).toMatchObject({
      nll: 0.1,
      teacher: 0.2,
      brier: 0.01,
    })
    const paths = problemsOf({ margins: { nll: 0, latency: -1, gap: 0.5 } }).map(([path]) => path)
    expect(paths).toEqual(['margins.nll', 'margins.latency'])
  })
})

describe('a protocol of the first form', () => {
  it('is read as one look with all of alpha and no secondary margins', () => {
    const { looks, continuation, margins, ...rest } = protocolOf({ seeds: 4 })
    const first = { ...rest, schemaVersion: 1, looks: [4] }
    expect(StoredProtocol.parse(first)).toEqual({
      ...rest,
      looks: [{ seeds: 4, alpha: 0.05 }],
      continuation: 'none',
      margins: null,
    })
    expect([looks.length, continuation, margins === null]).toEqual([1, 'none', false])
    expect(() => StoredProtocol.parse({ ...first, looks: [2, 4] })).toThrow()
  })
})

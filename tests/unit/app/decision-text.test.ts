import { describe, expect, test } from 'vitest'
import {
  countsRows,
  looksText,
  marginRows,
  seedsText,
} from '../../../app/_features/protocol/decision-text.ts'
import type { ExperimentDraftInput, Protocol } from '../../../core/contracts/protocol.ts'
import { draftProtocol } from '../../../core/planning/draft-protocol.ts'
import { digits, draft, wasm } from '../planning/drafts.ts'

function protocol(changes: Partial<ExperimentDraftInput>): Protocol {
  const result = draftProtocol(draft(changes), digits, wasm)
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join(' '))
  return result.protocol
}

const counts = (changes: Partial<ExperimentDraftInput>) => Object.fromEntries(countsRows(protocol(changes)))

describe('what decides, in words', () => {
  test('one look has no extension', () => {
    expect(looksText(protocol({ seeds: 3 }))).toBe(
      'Seeds 1 to 3 in every arm, unpaired. One look, when all 9 student runs have ended. No extension was planned, so seeds added later give no word.',
    )
  })

  test('a look on request waits for a person', () => {
    const text = looksText(protocol({ seeds: 5, moreLooks: [10], firstSeed: 4 }))
    expect(text).toContain(
      'Seeds 4 to 13 at most in every arm, looks at 5 and 10 seeds, paired: difference of the same seed',
    )
    expect(text).toContain('when all 15 student runs have ended')
    expect(text).toContain('added when a person asks for them')
  })

  test('until decided goes on by itself', () => {
    const text = looksText(protocol({ seeds: 3, moreLooks: [5, 10], continuation: 'until-decided' }))
    expect(text).toContain('looks at 3, 5 and 10 seeds')
    expect(text).toContain('go on by themselves')
  })

  test('each look says what it spends, alone and over the comparisons', () => {
    expect(counts({})).toMatchObject({ α: '0.05 over 2 comparisons, so 0.025 each' })
    expect(counts({ seeds: 5, moreLooks: [10] })).toMatchObject({
      α: '0.05 in all, over 2 comparisons, spent in parts over 2 looks',
      'Look at 5 seeds': 'spends 0.02, so 0.01 each',
      'Look at 10 seeds': 'spends 0.03, so 0.015 each',
    })
    expect(counts({ methods: [] })).toMatchObject({ α: '0.05, one comparison' })
  })

  test('the primary metric is not among the secondary margins', () => {
    expect(marginRows(protocol({ margin: 0.02 }))).toEqual([
      ['NLL', '0.02 nat'],
      ['Brier score', '0.01'],
      ['Generalization gap', '1 point'],
      ['Latency', '5 %'],
      ['Against the teacher', '2 points'],
    ])
    const nll = marginRows(protocol({ margin: 0.05, primaryMetric: 'nll' }))
    expect(nll.map(([name]) => name)).not.toContain('NLL')
    expect(nll).toContainEqual(['Against the teacher', '0.05 nat'])
    expect(marginRows({ ...protocol({}), margins: null })).toEqual([])
  })

  test('seeds that do not follow each other are listed', () => {
    expect(seedsText([4])).toBe('Seed 4')
    expect(seedsText([4, 5, 6])).toBe('Seeds 4 to 6')
    expect(seedsText([1, 3])).toBe('Seeds 1 and 3')
  })
})

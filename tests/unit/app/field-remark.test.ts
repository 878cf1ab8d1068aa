import { describe, expect, test } from 'vitest'
import { fieldRemark } from '../../../app/_features/new-experiment/field-remark.ts'
import { presetState } from '../../../app/_features/new-experiment/presets.ts'
import { architectures } from '../../../core/networks/registry.ts'
import { teacherWeight } from '../../../core/methods/settings.ts'
import { inUnit } from '../../../core/numbers/range.ts'
import { ranges } from '../../../core/planning/ranges.ts'
import { toDraft } from '../../../app/_features/new-experiment/to-draft.ts'

const weight = teacherWeight('Weight', 1).range
const points = inUnit(ranges.margin, 100)

describe('a number that may not be what was meant gets a remark and is taken', () => {
  test.each([
    ['30 %', architectures.mlp.fields.dropout.range, 'Read as 0.3.'],
    ['7%', ranges.momentum, 'Read as 0.07.'],
    ['0.3', architectures.mlp.fields.dropout.range, undefined],
    ['90', weight, 'If 90 % is meant, write 0.9.'],
    ['2', weight, undefined],
    ['0.01', points, 'If the fraction 0.01 is meant, write 1.'],
    ['0,07', points, 'If the fraction 0.07 is meant, write 7.'],
    ['0.01 %', points, undefined],
    ['1', points, undefined],
    ['0', points, undefined],
    ['0.01', inUnit(ranges.margin, 1), undefined],
    ['x', points, undefined],
  ] as const)('“%s”', (text, range, remark) => {
    expect(fieldRemark(text, range)).toBe(remark)
  })

  test('what was remarked on is what the draft holds', () => {
    const start = presetState('digits')
    const { draft, problems } = toDraft(
      {
        ...start,
        student: { ...start.student, dropout: '30 %' },
        methods: { ...start.methods, always: { smoothing: '10 % 0.2' } },
        margin: '0.01',
        margins: { ...start.margins, latency: '5 %' },
        alpha: '5 %',
      },
      800,
    )
    expect(problems).toBeNull()
    expect(draft).toMatchObject({ margin: 0.0001, margins: { latency: 0.05 }, alpha: 0.05 })
    expect(draft?.student.network.dropout).toBe(0.3)
    expect(draft?.methods.flatMap((one) => ('smoothing' in one ? [one.smoothing] : []))).toEqual([0.1, 0.2])
  })
})

test('percent where a share is asked for is refused with what it is as a share', () => {
  const start = presetState('digits')
  const { problems } = toDraft({ ...start, student: { ...start.student, dropout: '30' } }, 800)
  expect(problems?.['student.network.dropout']).toContain('30 % is 0.3.')
})

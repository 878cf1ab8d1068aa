import { describe, expect, test } from 'vitest'
import { armLook } from '../../../app/_charts/arm-look.ts'
import { classStrips } from '../../../app/_charts/claims/class-strips.ts'
import { clearTicks } from '../../../app/_charts/claims/clear-ticks.ts'
import { costStrips } from '../../../app/_charts/claims/cost-strips.ts'
import { effectStrips } from '../../../app/_charts/claims/effect-strips.ts'
import { labelStrips } from '../../../app/_charts/claims/label-strips.ts'
import { agreementStrips, gapStrips } from '../../../app/_charts/claims/pair-strips.ts'
import { railStrips } from '../../../app/_charts/claims/rail-strips.ts'
import type { StripMark, Strips } from '../../../app/_charts/claims/strips.ts'
import { claimsPage, compared } from '../../support/claims-page.ts'

const arm = armLook({ role: 'distillation', slot: 1 })
const teacher = armLook({ role: 'teacher', slot: null })

const marks = (strips: Strips | null): StripMark[] => strips?.rows.flatMap((row) => row.marks) ?? []
const kinds = (strips: Strips | null, kind: StripMark['kind']): StripMark[] =>
  marks(strips).filter((mark) => mark.kind === kind)

describe('an effect', () => {
  const drawn = effectStrips([{ label: 'Accuracy', compared: compared('accuracy') }], 'accuracy', 0.026)

  test('stands right of the margin when it helped by more, in the colour of its word', () => {
    const [dot] = kinds(drawn, 'dot')
    const [band] = drawn?.bands ?? []
    expect(dot).toMatchObject({ colour: 'helped-mark', hollow: false })
    expect(dot?.kind === 'dot' && dot.at).toBeGreaterThan(band?.to ?? 100)
  })

  test('has its teacher on the axis, or its figure and an arrow where the axis ends before it', () => {
    expect(drawn?.ticks.map(({ text }) => text)).toContain('teacher')
    const far = effectStrips([{ label: 'Accuracy', compared: compared('accuracy') }], 'accuracy', 0.5)
    expect(far?.ticks.at(-1)).toMatchObject({ text: 'teacher +50.0 →', at: 100, above: true })
    expect(far?.rules).toHaveLength(1)
  })

  test('is grey and hollow without a word, without a band where no margin was planned, and not drawn without estimate', () => {
    const open = compared('nll', { word: null, reason: 'exploratory' })
    const strips = effectStrips([{ label: 'NLL', compared: { ...open, margin: null } }], 'nll')
    expect(kinds(strips, 'dot')).toMatchObject([{ colour: 'ink-3', hollow: true }])
    expect(strips?.bands).toEqual([])
    expect(effectStrips([{ label: 'NLL', compared: compared('nll', { estimate: null }) }], 'nll')).toBeNull()
  })

  test('is drawn with the whole of its interval, however wide', () => {
    const wide = compared('accuracy', { simultaneous: [-0.9, 0.9] })
    const strips = effectStrips([{ label: 'Accuracy', compared: wide }], 'accuracy')
    const ends = kinds(strips, 'cap').map((mark) => (mark.kind === 'cap' ? mark.at : -1))
    expect(ends).toHaveLength(2)
    expect(ends.every((at) => at > 0 && at < 100)).toBe(true)
  })
})

describe('ticks', () => {
  const texts = (ticks: { at: number; text: string }[]): string[] => clearTicks(ticks).map(({ text }) => text)

  test('that would run into each other on a phone are left out, zero and what is named last', () => {
    const near = [
      { at: 40, text: '+1.0' },
      { at: 46, text: 'teacher' },
      { at: 80, text: '+2.0' },
    ]
    expect(texts(near)).toEqual(['teacher', '+2.0'])
    expect(
      texts([
        { at: 0, text: '−0.5' },
        { at: 5, text: '0' },
      ]),
    ).toEqual(['0'])
    const apart = [10, 30, 50, 70, 90].map((at) => ({ at, text: String(at) }))
    expect(texts(apart)).toHaveLength(5)
  })
})

test('rails end at the larger of student and teacher', () => {
  const say = String
  const strips = railStrips(arm, teacher, [{ label: 'Size', arm: 1, teacher: 4, say }])
  const [own, top] = [marks(strips)[4], marks(strips)[3]]
  expect(own?.kind === 'arm' && top?.kind === 'arm' && own.at / top.at).toBeCloseTo(0.25, 6)
  const larger = railStrips(arm, teacher, [{ label: 'Size', arm: 4, teacher: 1, say }])
  expect(larger.ticks.map(({ text }) => text)).toEqual(['0'])
})

test('the figure of a student that is nearly as large as its teacher ends before its mark', () => {
  const rail = { label: 'Latency', teacher: 4, say: String }
  const anchors = [1, 3.8].map((own) => {
    const [text] = kinds(railStrips(arm, teacher, [{ ...rail, arm: own }]), 'text')
    return text?.kind === 'text' && text.anchor
  })
  expect(anchors).toEqual(['start', 'end'])
})

test('a gap is as long as train and test are apart, and missing where one is', () => {
  const row = { label: 'Control', look: arm, test: 0.9, train: 0.95 }
  const strips = gapStrips([row, { ...row, label: 'Soft', train: undefined }])
  expect(strips?.rows.map(({ label }) => label)).toEqual(['Control'])
  expect(kinds(strips, 'text')).toMatchObject([{ text: 'gap 5.0' }, { text: 'test' }, { text: 'train' }])
  expect(gapStrips([{ ...row, test: undefined }])).toBeNull()
})

test('agreement has no mark beyond 100 %', () => {
  const strips = agreementStrips(
    [{ label: 'Soft', look: arm, agreement: { mean: 1, half: 0, n: 2 }, most: 1 }],
    'most',
  )
  expect(strips?.ticks.every(({ at }) => at >= 0 && at <= 100)).toBe(true)
  expect(strips?.ticks.at(-1)?.text).toBe('100.0 %')
})

test('the teacher hangs on the bar of the arm that needs it', () => {
  const strips = costStrips([
    { label: 'Control', colour: 'ink-3', ms: 2000, teacherMs: null },
    { label: 'Soft', colour: 'arm-1', ms: 2200, teacherMs: 60_000 },
  ])
  expect(kinds(strips, 'bar')).toMatchObject([{ from: 0 }, { from: 0, look: 'filled' }, { look: 'hatched' }])
  expect(kinds(strips, 'text')).toMatchObject([{ text: '2.0 s' }, { text: 'teacher, once, 60 s' }])
  expect(costStrips([])).toBeNull()
})

test('a class is bold where its interval lies below 0', () => {
  const strips = classStrips(claimsPage().classes ?? [], arm)
  expect(strips?.rows.map(({ strong }) => strong)).toEqual([false, true])
  expect(classStrips([], arm)).toBeNull()
  const lettered = (claimsPage().classes ?? []).map((one) => ({ ...one, name: 'QZ'[one.label % 2] ?? '' }))
  expect(
    classStrips(lettered, arm)
      ?.rows.slice(0, 2)
      .map(({ label }) => label),
  ).toEqual(['Class Q', 'Class Z'])
})

describe('the gain by labels', () => {
  const { labels } = claimsPage()

  test('is unknown below the smallest number that was tried', () => {
    const strips = labelStrips(labels, arm)
    expect(kinds(strips, 'wedge')).toHaveLength(1)
    expect(strips?.ticks.map(({ text }) => text)).toEqual(['80', '300'])
  })

  test('falls from left to right where fewer labels gain more', () => {
    const other = {
      labels: 80,
      estimate: 0.06,
      interval: null,
      seeds: 8,
      experiment: { id: 'a', question: 'b' },
    }
    const dots = kinds(labelStrips({ ...labels, points: [other, ...labels.points] }, arm), 'dot')
    const [fewer, more] = dots.map((dot) => (dot.kind === 'dot' ? (dot.dy ?? 0) : 0))
    expect(dots).toHaveLength(2)
    expect(fewer).toBeLessThan(more ?? 0)
    expect(labelStrips({ ...labels, points: [] }, arm)).toBeNull()
  })
})

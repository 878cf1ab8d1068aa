import { describe, expect, test } from 'vitest'
import type { CurvesPage } from '../../../core/contracts/views.ts'
import { colourTokens } from '../../../app/_charts/colour-tokens.ts'
import type { Palette } from '../../../app/_charts/colour-tokens.ts'
import { focusDomain } from '../../../app/_charts/lines/focus-domain.ts'
import { linesOption } from '../../../app/_charts/lines/lines-option.ts'
import { usualAxis } from '../../../app/_charts/lines/usual-axis.ts'
import { prepareCurves } from '../../../app/_charts/lines/prepare-curves.ts'
import type { CurvesChoice } from '../../../app/_charts/lines/prepare-curves.ts'
import { prepareGapCurves } from '../../../app/_charts/lines/prepare-gap-curves.ts'
import { arms } from './arms.ts'

/** Two seeds an arm, a point every five of a hundred steps, rising to `end`. */
function page(key: string, end: number): CurvesPage {
  const rising = (offset: number): [number, number][] =>
    Array.from({ length: 20 }, (_, index) => [(index + 1) * 5, end + offset - 0.5 * Math.exp(-index)])
  const seeds = [
    { seed: 1, runId: 'a', points: rising(0) },
    { seed: 2, runId: 'b', points: rising(0.01) },
  ]
  return {
    keys: [key],
    key,
    arms: [
      {
        armId: 'teacher',
        stepsPerEpoch: 50,
        steps: 500,
        seeds: [{ seed: 9, runId: 't', points: [[500, 0.98]] }],
      },
      { armId: 'scratch', stepsPerEpoch: 10, steps: 100, seeds },
      { armId: 'label-smoothing', stepsPerEpoch: 10, steps: 100, seeds: [] },
      { armId: 'soft-targets-t4', stepsPerEpoch: 20, steps: 100, seeds },
    ],
  }
}

const choice: CurvesChoice = {
  axis: 'epoch',
  view: 'mean',
  log: false,
  shown: ['teacher', 'scratch', 'soft-targets-t4'],
}

function prepared(with_: Partial<CurvesChoice> = {}) {
  const found = prepareCurves(page('validation/accuracy', 0.9), arms, { ...choice, ...with_ })
  if (found === null) throw new Error('the sample has points')
  return found
}

describe('curves', () => {
  test('count epochs by the steps of each arm', () => {
    const [control, soft] = prepared().lines.lines
    expect(control?.points.at(-1)?.[0]).toBe(10)
    expect(soft?.points.at(-1)?.[0]).toBe(5)
    expect(prepared({ axis: 'step' }).lines.lines[1]?.points.at(-1)?.[0]).toBe(100)
  })
  test('have the interval of the mean around it, t with one degree of freedom for two seeds', () => {
    const line = prepared().lines.lines[0]
    const [x, y] = line?.points[3] ?? [0, 0]
    expect(line?.band[3]?.[0]).toBe(x)
    expect((line?.band[3]?.[2] ?? 0) - y).toBeCloseTo(12.7062 * 0.5, 3)
  })
  test('show every seed without a band', () => {
    const { lines } = prepared({ view: 'seeds' }).lines
    expect(lines.map((line) => line.id)).toEqual([
      'scratch-1',
      'scratch-2',
      'soft-targets-t4-1',
      'soft-targets-t4-2',
    ])
    expect(lines.every((line) => line.band.length === 0)).toBe(true)
  })
  test('keep the means beside the seeds', () => {
    const [control] = prepared({ view: 'seeds' }).means
    expect(control?.label).toBe('Control')
    expect(control?.points.at(-1)?.[1]).toBeCloseTo(90.5)
  })
  test('draw the teacher as a level at its last value', () => {
    expect(prepared().lines.levels).toEqual([{ colour: 'ink', value: 98, final: true }])
    expect(prepared({ shown: ['scratch'] }).lines.levels).toEqual([])
  })
  test('draw the control dotted', () => {
    expect(prepared().lines.lines[0]).toMatchObject({ id: 'scratch', stroke: 'dotted', colour: 'ink-3' })
  })
  test('count the points that the axis cuts off as not drawn', () => {
    const { drawn, total, below } = prepared()
    expect(total).toBe(80)
    expect(below).toBeGreaterThan(0)
    expect(drawn + below).toBe(80)
  })
  test('are null without a point or without an arm', () => {
    expect(prepareCurves(page('validation/accuracy', 0.9), arms, { ...choice, shown: [] })).toBeNull()
    expect(
      prepareCurves(page('validation/accuracy', 0.9), arms, { ...choice, shown: ['label-smoothing'] }),
    ).toBeNull()
  })
  test('keep a logarithmic axis positive', () => {
    expect(prepared({ log: true }).lines.y.domain[0]).toBeGreaterThan(0)
  })
})

test('the first tenth of a training does not set the axis', () => {
  const domain = focusDomain(
    [
      [1, 0],
      [50, 80],
      [100, 90],
    ],
    100,
    [0, 100],
  )
  expect(domain?.[0]).toBeGreaterThan(70)
  expect(domain?.[1]).toBeLessThanOrEqual(100)
})

test('train against validation has the gap at the last shared step', () => {
  const found = prepareGapCurves(page('train/accuracy', 0.95), page('validation/accuracy', 0.9), arms)
  expect(found?.curves.map((curve) => curve.armId)).toEqual(['scratch', 'soft-targets-t4'])
  expect(found?.curves[0]?.gap).toBeCloseTo(5)
  expect(found?.curves[0]?.train.at(-1)?.[0]).toBe(1)
})

test('the option gives a logarithmic value to the hidden axis and a gap for what it cannot show', () => {
  const palette = Object.fromEntries(colourTokens.map((token) => [token, `c-${token}`])) as Palette
  const { lines } = prepared({ log: true })
  const first = lines.lines[0]
  if (!first) throw new Error('the sample has lines')
  first.points.push([11, 0])
  const option = linesOption(lines, { width: 900, height: 460, palette, font: 'sans-serif' })
  const series = Array.isArray(option.series) ? option.series.find((one) => one.id === 'scratch') : undefined
  const data = series && 'data' in series && Array.isArray(series.data) ? series.data : []
  expect(data.at(-2)).toEqual([10, Math.log10(first.points.at(-2)?.[1] ?? 0)])
  expect(data.at(-1)).toEqual([11, Number.NaN])
})

test('curves go by epochs where all students make as many, else by steps', () => {
  const arm = (armId: string, stepsPerEpoch: number) => ({ armId, steps: 80, stepsPerEpoch, seeds: [] })
  expect(usualAxis({ arms: [arm('teacher', 7), arm('scratch', 4), arm('soft', 4)] })).toBe('epoch')
  expect(usualAxis({ arms: [arm('teacher', 7), arm('scratch', 4), arm('unlabelled', 8)] })).toBe('step')
})

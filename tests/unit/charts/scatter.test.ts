import { textWidth } from '../../../app/_charts/fit-name.ts'
import { describe, expect, test } from 'vitest'
import { colourTokens } from '../../../app/_charts/colour-tokens.ts'
import type { Frame, Palette } from '../../../app/_charts/colour-tokens.ts'
import { paretoFront } from '../../../app/_charts/scatter/pareto-front.ts'
import { placePoints } from '../../../app/_charts/scatter/place-points.ts'
import { prepareScatter } from '../../../app/_charts/scatter/prepare-scatter.ts'
import { scatterOption } from '../../../app/_charts/scatter/scatter-option.ts'
import { arms, figures, sampleFigures } from './arms.ts'

const area = { left: 40, right: 480, top: 26, bottom: 416 }

function prepared(cost: 'size' | 'latency' = 'size') {
  const found = prepareScatter(arms, sampleFigures, cost)
  if (found === null) throw new Error('the sample has points')
  return found
}

describe('the Pareto front', () => {
  test('holds what nothing else beats in both', () => {
    const points = [
      { x: 1, y: 1 },
      { x: 1, y: 3 },
      { x: 2, y: 2 },
      { x: 3, y: 4 },
    ]
    expect(paretoFront(points)).toEqual([
      { x: 1, y: 3 },
      { x: 3, y: 4 },
    ])
  })
  test('is empty without points', () => {
    expect(paretoFront([])).toEqual([])
  })
})

describe('accuracy against size', () => {
  test('shows percent and megabytes, with the interval of the seeds', () => {
    const soft = prepared().points.find((point) => point.armId === 'soft-targets-t4')
    expect(soft).toMatchObject({ x: 0.4, n: 8, onFront: false })
    expect(soft?.y).toBeCloseTo(90.8)
    expect(soft?.high).toBeCloseTo(91)
  })
  test('puts the most accurate student and the teacher on the front', () => {
    expect(prepared().front.map((point) => point.armId)).toEqual(['label-smoothing', 'teacher'])
  })
  test('gives the teacher, one run, no interval', () => {
    expect(prepared().points[0]).toMatchObject({ armId: 'teacher', low: null, high: null })
  })
  test('names the arms that have no result instead of placing them', () => {
    const one = prepareScatter(arms, sampleFigures.slice(0, 2), 'size')
    expect(one?.missing).toEqual(['Label smoothing', 'Soft targets'])
    expect(one?.points).toHaveLength(2)
  })
  test('waits for latency without inventing it', () => {
    const untimed = [figures('teacher', 5e6, { 'test/accuracy': [0.983, null] })]
    expect(prepareScatter(arms, untimed, 'latency')).toBeNull()
  })
  test('never leaves 0 to 100 %', () => {
    const [low, high] = prepared().y.domain
    expect(low).toBeGreaterThanOrEqual(0)
    expect(high).toBeLessThanOrEqual(100)
  })
})

describe('placing points', () => {
  const placed = placePoints(prepared(), area, 560)
  const of = (armId: string) => {
    const found = placed.find(({ point }) => point.armId === armId)
    if (!found) throw new Error(armId)
    return found
  }
  test('lets marks that would cover each other step aside', () => {
    expect(of('soft-targets-t4').x - of('label-smoothing').x).toBeCloseTo(11)
    expect(of('scratch').x).toBeCloseTo(of('label-smoothing').x)
  })
  test('keeps the labels of a column a line apart, higher accuracy above', () => {
    const heights = ['label-smoothing', 'soft-targets-t4', 'scratch'].map((id) => of(id).label.y)
    expect((heights[1] ?? 0) - (heights[0] ?? 0)).toBeGreaterThanOrEqual(16 - 1e-9)
    expect((heights[2] ?? 0) - (heights[1] ?? 0)).toBeGreaterThanOrEqual(16 - 1e-9)
  })
  test('keeps the label of one that is far above the others beside it', () => {
    const near = sampleFigures.map((one) => ({ ...one, sizeBytes: one.armId === 'teacher' ? 4.4e5 : 4e5 }))
    const found = prepareScatter(arms, near, 'size')
    if (found === null) throw new Error('the sample has points')
    const apart = placePoints(found, area, 560)
    const [teacher, control] = ['teacher', 'scratch'].map((id) =>
      apart.find(({ point }) => point.armId === id),
    )
    expect(control?.label.x).toBeLessThan(teacher?.label.x ?? 0)
    expect(Math.abs((teacher?.label.y ?? 0) - (teacher?.y ?? 0))).toBeLessThan(16)
  })
  test('cuts a label on the left where it would leave the plot', () => {
    const long = arms.map((arm) => ({ ...arm, label: `${arm.label} with a name that goes on and on` }))
    const found = prepareScatter(long, sampleFigures, 'size')
    if (found === null) throw new Error('the sample has points')
    for (const { label } of placePoints(found, { ...area, right: 340 }, 356)) {
      if (label.align === 'right') expect(label.x - textWidth(label.text)).toBeGreaterThanOrEqual(0)
    }
  })
  test('turns a label to the left where the right has no room', () => {
    const narrow = placePoints(prepared(), { ...area, right: 340 }, 356)
    expect(narrow.find(({ point }) => point.armId === 'teacher')?.label.align).toBe('right')
  })
})

describe('the option', () => {
  const palette = Object.fromEntries(colourTokens.map((token) => [token, `c-${token}`])) as Palette
  const frame: Frame = { width: 560, height: 460, palette, font: 'sans-serif' }
  test('answers the pointer at every arm, with its name as text', () => {
    const odd = arms.map((arm) => (arm.role === 'control' ? { ...arm, label: '<b>Control</b>' } : arm))
    const found = prepareScatter(odd, sampleFigures, 'size')
    if (found === null) throw new Error('the sample has points')
    const text = JSON.stringify(scatterOption(found, frame))
    expect(text).toContain('&lt;b&gt;Control&lt;/b&gt;')
    expect(text).not.toContain('<b>Control</b>')
  })
  test('draws with resolved colours only', () => {
    expect(JSON.stringify(scatterOption(prepared(), frame))).not.toMatch(/var\(|oklch/)
  })
})

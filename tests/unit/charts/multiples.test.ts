import { describe, expect, test } from 'vitest'
import { prepareGap } from '../../../app/_charts/multiples/prepare-gap.ts'
import { prepareMultiples } from '../../../app/_charts/multiples/prepare-multiples.ts'
import { arms, figures, sampleFigures } from './arms.ts'

describe('small multiples', () => {
  const { rows, columns } = prepareMultiples(arms, sampleFigures)
  const column = (key: string) => {
    const found = columns.find((one) => one.key === key)
    if (!found) throw new Error(key)
    return found
  }
  test('have a row an arm and a column for each metric that has a value', () => {
    expect(rows.map((row) => row.label)).toEqual(arms.map((arm) => arm.label))
    expect(columns.map((one) => one.key)).toEqual(['test/accuracy', 'test/nll', 'latency'])
  })
  test('put every value and interval inside the column', () => {
    for (const cell of columns.flatMap((one) => one.cells)) {
      if (cell.kind !== 'value') continue
      for (const at of [cell.at, ...(cell.interval ?? [])]) {
        expect(at).toBeGreaterThanOrEqual(0)
        expect(at).toBeLessThanOrEqual(1)
      }
    }
  })
  test('keep the control as the reference', () => {
    const cell = column('test/nll').cells[1]
    expect(cell).toMatchObject({ kind: 'value', at: column('test/nll').control })
  })
  test('let a teacher that would flatten the rest leave the axis, with its figure', () => {
    expect(column('latency').cells[0]).toEqual({ kind: 'beyond', side: 'right', text: '0.600' })
    expect(column('test/accuracy').cells[0]).toMatchObject({ kind: 'beyond', text: '98.30' })
  })
  test('leave every tick label its room', () => {
    // 80 px is a column on a desktop, 6 px a character; one more character keeps neighbours apart.
    const close = (latency: number) => ({ p50Ms: latency, p50Interval: [latency - 0.002, latency + 0.002] })
    const narrow = sampleFigures.map((of, index) =>
      Object.assign({}, of, { latency: of.latency && { ...of.latency, ...close(0.05 + index / 2000) } }),
    )
    for (const { ticks } of [...columns, ...prepareMultiples(arms, narrow).columns]) {
      expect(ticks.length).toBeGreaterThanOrEqual(2)
      ticks.slice(1).forEach((tick, index) => {
        const apart = (tick.at - (ticks[index]?.at ?? 0)) * 80
        expect(apart).toBeGreaterThanOrEqual((tick.label.length + 1) * 6)
      })
    }
  })
  test('show a missing value as missing', () => {
    const partly = prepareMultiples(arms, sampleFigures.slice(0, 3))
    expect(partly.columns[0]?.cells[3]).toEqual({ kind: 'missing' })
  })
})

describe('train and test side by side', () => {
  test('carry the gap of the arm, not the difference of what is drawn', () => {
    const of = figures('scratch', 4e5, {
      'test/accuracy': [0.9, 0.01],
      'train/accuracy': [1, 0],
      'gap/accuracy': [0.1, 0.01],
    })
    const found = prepareGap(arms, [of])
    expect(found?.rows[1]).toMatchObject({ train: 100, test: 90, gap: 10, half: 1 })
    expect(found?.rows[1]?.trainAt).toBeGreaterThan(found?.rows[1]?.testAt ?? 1)
    expect(found?.rows[0]).toMatchObject({ train: null, test: null, gap: null })
  })
  test('wait while no arm has a value', () => {
    expect(prepareGap(arms, [])).toBeNull()
  })
})

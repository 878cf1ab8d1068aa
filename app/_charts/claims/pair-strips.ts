import type { Estimate } from '../../../core/contracts/views.ts'
import { decimal } from '../../_ui/format.ts'
import type { ArmLook } from '../arm-look.ts'
import { linearScale } from '../scale/axis-scale.ts'
import { paddedDomain } from '../scale/ticks.ts'
import { clearTicks, keepApart } from './clear-ticks.ts'
import { placer, type StripMark, type Strips, type StripTick } from './strips.ts'

interface PairRow {
  label: string
  look: ArmLook
}

/** Round ticks of an axis in percent, the last with its unit. */
function percentAxis(
  values: readonly number[],
  padding: number,
): { x: (value: number) => number; ticks: StripTick[] } | null {
  const domain = paddedDomain(values, padding, 1)
  if (domain === null) return null
  const { ticks, labels } = linearScale('', [domain[0], Math.max(domain[1], domain[0] + 1e-9)], 6)
  const x = placer(...domain)
  const inside = ticks.map((tick, index) => ({ at: x(tick), text: labels[index] ?? '', value: tick }))
  const shown = inside.filter(({ value }) => value <= 100 && value >= 0)
  return {
    x,
    ticks: shown.map(({ at, text }, index) => ({
      at,
      text: index === shown.length - 1 ? `${text} %` : text,
    })),
  }
}

/** Test and train accuracy of control and arm: filled test, hollow train, the gap between them. Null without both. */
export function gapStrips(
  rows: readonly (PairRow & { test: number | undefined; train: number | undefined })[],
): Strips | null {
  const known = rows.flatMap(({ test, train, ...row }) =>
    test === undefined || train === undefined ? [] : [{ ...row, test: test * 100, train: train * 100 }],
  )
  const axis = percentAxis(
    known.flatMap(({ test, train }) => [test, train]),
    0.12,
  )
  if (known.length === 0 || axis === null) return null
  return {
    rows: known.map(({ label, look, test, train }, index) => {
      const { colour } = look
      const { x } = axis
      const marks: StripMark[] = [
        {
          kind: 'line',
          from: Math.min(x(test), x(train)),
          to: Math.max(x(test), x(train)),
          colour,
          width: 2,
        },
        { kind: 'dot', at: x(train), colour, radius: 4, hollow: true },
        { kind: 'arm', at: x(test), look },
        {
          kind: 'text',
          at: (x(test) + x(train)) / 2,
          text: `gap ${decimal(train - test, 1)}`,
          anchor: 'middle',
          dy: -11,
        },
      ]
      if (index === known.length - 1) {
        marks.push({ kind: 'text', at: x(test), text: 'test', anchor: 'middle', dy: 15 })
        if (keepApart({ at: x(test), text: 'test' }, { at: x(train), text: 'train' }))
          marks.push({ kind: 'text', at: x(train), text: 'train', anchor: 'middle', dy: 15 })
      }
      return { label, strong: false, marks }
    }),
    rowHeight: 38,
    bands: [],
    rules: [],
    ticks: clearTicks(axis.ticks),
    alt: known
      .map(({ label, test, train }) => `${label}: test ${decimal(test, 2)} %, train ${decimal(train, 2)} %`)
      .join('; '),
  }
}

/** Agreement with the teacher, and the most that the accuracies of both allow: 1 − |difference| (fractions in). */
export function agreementStrips(
  rows: readonly (PairRow & { agreement: Estimate | undefined; most: number | null })[],
  narrowText: string,
): Strips | null {
  const known = rows.flatMap(({ agreement, most, ...row }) =>
    agreement === undefined
      ? []
      : [
          {
            ...row,
            mean: agreement.mean * 100,
            half: (agreement.half ?? 0) * 100,
            most: most === null ? null : most * 100,
          },
        ],
  )
  const axis = percentAxis(
    known.flatMap(({ mean, half, most }) => [
      mean - half,
      Math.min(mean + half, 100),
      ...(most === null ? [] : [most]),
    ]),
    0.1,
  )
  if (known.length === 0 || axis === null) return null
  const { x } = axis
  const last = known.length - 1
  return {
    rows: known.map(({ label, look, mean, half, most }, index) => {
      const { colour } = look
      const end = x(Math.min(mean + half, 100))
      return {
        label,
        strong: false,
        marks: [
          ...(most === null
            ? []
            : [
                {
                  kind: 'line' as const,
                  from: Math.min(end, x(most)),
                  to: x(most),
                  colour: 'ghost',
                  width: 1.25,
                  dashed: true,
                },
                { kind: 'cap' as const, at: x(most), colour: 'ink-3', height: 14 },
                ...(index === last
                  ? [
                      {
                        kind: 'text' as const,
                        at: x(most),
                        text: narrowText,
                        anchor: 'end' as const,
                        dx: 2,
                        dy: -13,
                      },
                    ]
                  : []),
              ]),
          { kind: 'line', from: x(mean - half), to: end, colour, width: 2 },
          { kind: 'arm', at: x(mean), look },
        ],
      }
    }),
    rowHeight: 32,
    bands: [],
    rules: [],
    ticks: clearTicks(axis.ticks),
    alt: known.map(({ label, mean }) => `${label} agrees on ${decimal(mean, 1)} %`).join(', '),
  }
}

import type { ClaimsPage } from '../../../core/contracts/claims.ts'
import { count, signed } from '../../_ui/format.ts'
import type { ArmLook } from '../arm-look.ts'
import { clearTicks } from './clear-ticks.ts'
import { percent, type StripMark, type Strips } from './strips.ts'

const height = 72

/** The gain by the number of labels on a logarithmic axis: what is known, and the dashed region that is not. */
export function labelStrips({ points, plan, used }: ClaimsPage['labels'], look: ArmLook): Strips | null {
  const [first] = points
  if (first === undefined) return null
  const lowest = Math.min(first.labels, plan?.labelsPerSeed ?? used)
  const highest = Math.max(used, ...points.map(({ labels }) => labels))
  const [from, to] = [Math.log(lowest / 1.6), Math.log(highest)]
  const x = (labels: number): number =>
    percent(((Math.log(labels) - from) / Math.max(to - from, 1e-9)) * 0.88)
  const ends = points.flatMap(({ estimate, interval }) => [estimate, ...(interval ?? [])])
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)]
  // In pixels from the middle of the row, up is more.
  const dy = (value: number): number =>
    high > low ? Math.round((0.5 - (value - low) / (high - low)) * (height - 20)) : 0
  // One known point fixes no height: it stands in the middle of what it opens to.
  const alone = points.length === 1
  const rise = (value: number): number => (alone ? dy(value) - dy(first.estimate) : dy(value))
  const marks: StripMark[] = [
    ...(x(first.labels) > 10
      ? [
          { kind: 'wedge' as const, from: 1, to: x(first.labels) },
          {
            kind: 'text' as const,
            at: x(first.labels) * 0.4,
            text: 'unknown',
            on: 'wedge' as const,
            anchor: 'middle' as const,
          },
        ]
      : []),
    ...points.flatMap(({ labels, estimate, interval }): StripMark[] => [
      ...(interval === null
        ? []
        : [
            {
              kind: 'span' as const,
              at: x(labels),
              fromDy: clamp(rise(interval[1])),
              toDy: clamp(rise(interval[0])),
              colour: look.colour,
            },
          ]),
      { kind: 'dot', at: x(labels), dy: rise(estimate), colour: look.colour, radius: 5, hollow: look.open },
      {
        kind: 'text',
        at: x(labels),
        dy: rise(estimate),
        dx: 10,
        text: signed(estimate * 100, 1),
        anchor: 'start',
      },
    ]),
  ]
  const others = plan !== null && plan.labelsPerSeed < first.labels ? [plan.labelsPerSeed] : []
  const numbers = [...others, ...points.map(({ labels }) => labels)]
  return {
    rows: [{ label: 'Gain', strong: false, marks }],
    rowHeight: height,
    bands: [],
    rules: [],
    unit: 'labels',
    ticks: clearTicks(numbers.map((labels) => ({ at: x(labels), text: count(labels) }))),
    alt: `Gain in accuracy by number of labels: ${points.map(({ labels, estimate }) => `${count(labels)} labels ${signed(estimate * 100, 1)} points`).join(', ')}; unknown elsewhere`,
  }
}

const clamp = (dy: number): number => Math.max(-height / 2, Math.min(height / 2, dy))

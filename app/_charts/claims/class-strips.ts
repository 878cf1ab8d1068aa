import type { ClassDifference } from '../../../core/contracts/claims.ts'
import { signed } from '../../_ui/format.ts'
import type { ArmLook } from '../arm-look.ts'
import { linearTicks, tickDigits } from '../scale/ticks.ts'
import { clearTicks } from './clear-ticks.ts'
import { placer, type Strips } from './strips.ts'

/** The difference from the control by class, in points; bold where a loss is shown. */
export function classStrips(classes: readonly ClassDifference[], look: ArmLook): Strips | null {
  if (classes.length === 0) return null
  const ends = classes
    .flatMap(({ estimate, interval }) => [estimate, ...(interval ?? [])])
    .map((end) => end * 100)
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)]
  const pad = Math.max((high - low) * 0.05, 0.1)
  const x = placer(low - pad, high + pad)
  const ticks = linearTicks([low - pad, high + pad], 6)
  return {
    rows: classes.map(({ label, name = label, estimate, interval, shown }) => ({
      label: `Class ${name}`,
      strong: shown === 'loss',
      marks: [
        { kind: 'line', from: 0, to: 100, colour: 'line', width: 0.5 },
        ...(interval === null
          ? []
          : [
              {
                kind: 'line' as const,
                from: x(interval[0] * 100),
                to: x(interval[1] * 100),
                colour: 'ink-2',
                width: 1.5,
              },
            ]),
        { kind: 'dot', at: x(estimate * 100), colour: look.colour, radius: 4, hollow: look.open },
      ],
    })),
    rowHeight: 16,
    bands: [],
    rules: [{ at: x(0), look: 'zero' }],
    ticks: clearTicks(
      ticks.map((tick) => ({ at: x(tick), text: tick === 0 ? '0' : signed(tick, tickDigits(ticks)) })),
    ),
    unit: 'points',
    alt: `Difference by class: ${classes.map(({ label, name = label, estimate }) => `${name} ${signed(estimate * 100, 1)}`).join(', ')} points`,
  }
}

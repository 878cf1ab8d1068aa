import type { ArmLook } from '../arm-look.ts'
import { percent, type Strips } from './strips.ts'

/** One quantity of student and teacher; smaller is better. */
export interface Rail {
  label: string
  arm: number
  teacher: number
  /** Of the arm. */
  interval?: readonly [number, number]
  say: (value: number) => string
}

/** How much of the widest mark's room is left for the texts behind it. */
const used = 0.7
/** From here on its text would run into the teacher's: it ends before the mark instead. */
const near = 0.6

/** Rails from 0 to the larger of the two, each on its own scale: how far the student is on the teacher's way. */
export function railStrips(arm: ArmLook, teacher: ArmLook, rails: readonly Rail[]): Strips {
  return {
    rows: rails.map((rail) => {
      const most = Math.max(rail.arm, rail.teacher)
      const x = (value: number): number => percent((value / most) * used)
      const [low, high] = rail.interval ?? [rail.arm, rail.arm]
      const beyond = rail.arm > rail.teacher
      return {
        label: rail.label,
        strong: false,
        marks: [
          { kind: 'line', from: 0, to: x(most), colour: 'line-2', width: 1.5 },
          { kind: 'line', from: 0, to: x(rail.arm), colour: arm.colour, width: 5 },
          { kind: 'line', from: x(low), to: x(high), colour: 'ink-2', width: 1.5 },
          { kind: 'arm', at: x(rail.teacher), look: teacher },
          { kind: 'arm', at: x(rail.arm), look: arm },
          beyond
            ? { kind: 'text', at: x(rail.arm), text: rail.say(rail.arm), anchor: 'start', dx: 12 }
            : {
                kind: 'text',
                at: x(rail.arm),
                text: rail.say(rail.arm),
                dy: -10,
                ...(rail.arm > near * rail.teacher
                  ? { anchor: 'end', dx: -12 }
                  : { anchor: 'start', dx: 12 }),
              },
          ...(beyond
            ? []
            : [
                {
                  kind: 'text' as const,
                  at: x(rail.teacher),
                  text: rail.say(rail.teacher),
                  anchor: 'start' as const,
                  dx: 12,
                },
              ]),
        ],
      }
    }),
    rowHeight: 28,
    bands: [],
    rules: [],
    ticks: [
      { at: 0, text: '0' },
      ...(rails.every((rail) => rail.teacher >= rail.arm)
        ? [{ at: percent(used), text: 'teacher', above: true }]
        : []),
    ],
    alt: rails
      .map((rail) => `${rail.label}: student ${rail.say(rail.arm)}, teacher ${rail.say(rail.teacher)}`)
      .join('; '),
  }
}

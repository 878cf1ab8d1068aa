import type { ArmLook } from '../arm-look.ts'
import type { Named } from '../fit-name.ts'
import type { ColourToken } from '../colour-tokens.ts'
import type { AxisScale } from '../scale/axis-scale.ts'

/** One line with what belongs to it; values in the units of the axes. */
export interface Line {
  id: string
  colour: ColourToken
  stroke: 'solid' | 'dotted' | 'dashed' | 'fine'
  width: number
  opacity: number
  points: [x: number, y: number][]
  /** The 95 % interval of the mean at each x. */
  band: [x: number, low: number, high: number][]
}

/** A direct label at the right, with a leader from the end of its line. */
export interface EndLabel extends Named {
  id: string
  value: string
  colour: ColourToken
  /** null: a line without a mark, such as the teacher's. */
  mark: ArmLook | null
  at: [x: number, y: number]
}

/** A horizontal line at a fixed value, across the whole plot. */
export interface Level {
  colour: ColourToken
  value: number
  /** The training behind it has ended. */
  final: boolean
}

export interface PreparedLines {
  x: AxisScale
  y: AxisScale
  lines: Line[]
  levels: Level[]
  labels: EndLabel[]
}

import type { ArmView } from '../../core/contracts/views.ts'
import type { ColourToken } from './colour-tokens.ts'

export type Shape = 'circle' | 'triangle' | 'diamond' | 'square' | 'cross'
export type Stroke = 'solid' | 'dotted' | 'dashed'

/** How an arm looks in every chart: colour, shape and line, so that colour is never alone. */
export interface ArmLook {
  colour: ColourToken
  shape: Shape
  /** Control and teacher are open marks in ink. */
  open: boolean
  stroke: Stroke
}

const shapes = ['circle', 'triangle', 'diamond', 'square', 'cross'] as const
const slots = ['arm-1', 'arm-2', 'arm-3', 'arm-4', 'arm-5', 'arm-6', 'arm-7', 'arm-8'] as const

/** Teacher: ink, open diamond, dashed. Control: grey, open square, dotted. Others by slot; from the sixth on dashed. */
export function armLook(arm: Pick<ArmView, 'role' | 'slot'>): ArmLook {
  if (arm.role === 'teacher') return { colour: 'ink', shape: 'diamond', open: true, stroke: 'dashed' }
  if (arm.role === 'control') return { colour: 'ink-3', shape: 'square', open: true, stroke: 'dotted' }
  const slot = arm.slot === null ? null : arm.slot - 1
  const colour = slot === null ? undefined : slots[slot]
  // More arms than colours: the rest is grey, and named beside its mark.
  if (slot === null || colour === undefined) {
    return { colour: 'ink-3', shape: 'circle', open: true, stroke: 'solid' }
  }
  return {
    colour,
    shape: shapes[slot % shapes.length] ?? 'circle',
    open: false,
    stroke: slot < shapes.length ? 'solid' : 'dashed',
  }
}

/** The colour of an arm's mark: open marks are drawn in ink, also the control's, whose line is grey. */
export function markColour(look: ArmLook): ColourToken {
  return look.open && look.colour === 'ink-3' && look.shape === 'square' ? 'ink' : look.colour
}

/** The SVG path of a shape around the origin, `radius` in pixels. */
export function shapePath(shape: Shape, radius: number): string {
  const r = radius
  const at = (value: number): string => String(Number(value.toFixed(2)))
  switch (shape) {
    case 'circle':
      return `M${at(-r)} 0a${at(r)} ${at(r)} 0 1 0 ${at(2 * r)} 0a${at(r)} ${at(r)} 0 1 0 ${at(-2 * r)} 0z`
    case 'triangle':
      return `M0 ${at(-1.15 * r)}L${at(1.1 * r)} ${at(0.85 * r)}H${at(-1.1 * r)}z`
    case 'diamond':
      return `M0 ${at(-1.3 * r)}L${at(1.2 * r)} 0L0 ${at(1.3 * r)}L${at(-1.2 * r)} 0z`
    case 'square':
      return `M${at(-0.95 * r)} ${at(-0.95 * r)}H${at(0.95 * r)}V${at(0.95 * r)}H${at(-0.95 * r)}z`
    case 'cross': {
      const [long, thin] = [1.1 * r, 0.36 * r]
      return `M${at(-thin)} ${at(-long)}H${at(thin)}V${at(-thin)}H${at(long)}V${at(thin)}H${at(thin)}V${at(long)}H${at(-thin)}V${at(thin)}H${at(-long)}V${at(-thin)}H${at(-thin)}z`
    }
  }
}

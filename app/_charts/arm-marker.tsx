import type { ReactNode } from 'react'
import { markColour, shapePath } from './arm-look.ts'
import type { ArmLook } from './arm-look.ts'

/** An arm's mark, 14 px square, beside its name. */
export function ArmMarker({ look, className = '' }: { look: ArmLook; className?: string }): ReactNode {
  return (
    <svg viewBox="-7 -7 14 14" aria-hidden="true" className={`size-3.5 flex-none ${className}`}>
      <MarkPath look={look} radius={4} />
    </svg>
  )
}

/** The mark alone, around the origin of the SVG that it is drawn in. */
export function MarkPath({ look, radius }: { look: ArmLook; radius: number }): ReactNode {
  const colour = `var(--${markColour(look)})`
  return (
    <path
      d={shapePath(look.shape, radius)}
      fill={look.open ? 'var(--bg)' : colour}
      stroke={look.open ? colour : 'var(--bg)'}
      strokeWidth={look.open ? 1.75 : 1}
    />
  )
}

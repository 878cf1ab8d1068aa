import type { CSSProperties, ReactNode } from 'react'
import styles from './forest.module.css'
import type { Forest } from './prepare-forest.ts'

/** A text, and its short form for small screens. */
export interface WideAndNarrow {
  wide: string
  narrow: string
}

/** Names above the plot. Where the band is narrow they keep their distance from zero instead of from its edges. */
export function ForestHead({
  forest,
  margin,
  worse,
}: {
  forest: Forest
  /** "±1 point" and its short form. */
  margin: WideAndNarrow
  /** "← worse than control" and its short form. */
  worse: WideAndNarrow
}): ReactNode {
  const { band, zero, teacher } = forest
  const near = teacher !== null && Math.abs(teacher.x - zero) < band.to - zero + 26
  return (
    <>
      <span
        className={`${styles.at} bottom-0 ${zero < 34 ? 'max-wide:hidden' : ''}`}
        style={{
          left: `max(var(--label-edge), min(${band.from}% - 10px, ${zero}% - 62px))`,
          transform: 'translateX(-100%)',
        }}
      >
        <Both {...worse} />
      </span>
      <span className={`${styles.at} bottom-0 text-ink-2`} style={{ left: `${zero}%` }}>
        <Both wide={`margin ${margin.wide}`} narrow={`margin ${margin.narrow}`} />
      </span>
      <span className={`${styles.at} ${betterPlace(forest)}`} style={betterLeft(forest)}>
        better →
      </span>
      {teacher === null ? null : (
        <span
          className={`${styles.at} text-ink-2 ${near || teacher.beyond !== null ? 'top-0' : 'bottom-0'} max-wide:top-0`}
          style={teacherPlace[teacher.beyond ?? 'inside'](teacher.x)}
        >
          {teacher.beyond === 'left' ? '← ' : ''}teacher {teacher.text}
          {teacher.beyond === 'right' ? ' →' : ''}
        </span>
      )}
    </>
  )
}

/** Where zero is near the right end there is no room beside the margin's name: above it, or not at all. */
function betterPlace({ zero, teacher }: Forest): string {
  if (zero <= 75) return 'bottom-0'
  if (zero <= 84) return 'bottom-0 max-desk:hidden'
  return teacher === null ? 'top-0 max-wide:hidden' : 'hidden'
}

function betterLeft({ zero, band }: Forest): CSSProperties {
  if (zero > 84) return { right: 0, transform: 'none' }
  return { left: `min(max(${band.to}% + 10px, ${zero}% + 62px), 100% - 52px)`, transform: 'none' }
}

/** Above its line, or at the edge behind which it lies. A name near an edge must not leave the page. */
const teacherPlace = {
  inside: (x: number): CSSProperties => ({ left: `clamp(40px, ${x}%, 100% - 40px)` }),
  left: (): CSSProperties => ({ left: 0, transform: 'none' }),
  right: (): CSSProperties => ({ right: 0, transform: 'none' }),
}

export function Both({ wide, narrow }: WideAndNarrow): ReactNode {
  return (
    <>
      <span className="max-desk:hidden">{wide}</span>
      <span className="desk:hidden">{narrow}</span>
    </>
  )
}

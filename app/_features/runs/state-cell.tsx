import type { CSSProperties, ReactNode } from 'react'
import type { RunStatus } from '../../../core/contracts/run.ts'

const shadow = (width: number, colour: string): CSSProperties => ({
  boxShadow: `inset 0 0 0 ${width}px var(--${colour})`,
})

const looks: Record<RunStatus, CSSProperties> = {
  planned: shadow(1, 'line'),
  queued: shadow(1, 'line-2'),
  waiting: {},
  running: shadow(1.25, 'live'),
  finished: { background: 'var(--ink-3)' },
  diverged: shadow(1.25, 'danger-ink'),
  failed: shadow(1.25, 'danger-ink'),
  cancelled: {
    ...shadow(1, 'line-2'),
    background: 'linear-gradient(var(--ink-3), var(--ink-3)) center / 6px 1.5px no-repeat',
  },
  blocked: {
    ...shadow(1, 'line-2'),
    background: 'repeating-linear-gradient(135deg, var(--line-strong) 0 1px, transparent 1px 3px)',
  },
}

const signs: Partial<Record<RunStatus, ReactNode>> = {
  diverged: '×',
  failed: '!',
  waiting: (
    <svg viewBox="0 0 9 9" className="mx-auto my-[1.5px] size-[9px]">
      <path d="M4.5 1 8 4.5 4.5 8 1 4.5z" fill="none" stroke="var(--line-strong)" />
    </svg>
  ),
}

/** One run as a small block: filled when finished, filling while it runs, another sign for every other state. */
export function StateCell(props: {
  status: RunStatus
  progress: number | null
  className?: string
}): ReactNode {
  const { status, progress } = props
  const filling: CSSProperties = status === 'running' ? { background: fill(progress ?? 0) } : {}
  return (
    <i
      className={`block overflow-hidden rounded-[1.5px] text-center text-11 leading-3 font-bold text-danger not-italic print:[print-color-adjust:exact] ${props.className ?? ''}`}
      style={{ ...looks[status], ...filling }}
    >
      {signs[status]}
    </i>
  )
}

function fill(progress: number): string {
  const edge = `${(progress * 100).toFixed(0)}%`
  return `linear-gradient(90deg, var(--live) ${edge}, transparent ${edge})`
}

import type { ReactNode } from 'react'
import type { RunCell } from '../../core/contracts/views.ts'

/** One figure that grows: `value` of `max`. */
export function ProgressBar(props: {
  label: string
  value: number
  max: number
  className?: string
}): ReactNode {
  const share = props.max > 0 ? Math.min(1, props.value / props.max) : 0
  return (
    <div
      role="progressbar"
      aria-label={props.label}
      aria-valuenow={props.value}
      aria-valuemin={0}
      aria-valuemax={props.max}
      className={`h-1 overflow-hidden rounded-[2px] bg-line ${props.className ?? ''}`}
    >
      <i className="block h-full bg-live" style={{ width: `${share * 100}%` }} />
    </div>
  )
}

const looks: Record<RunCell['status'], string> = {
  planned: 'border-line-strong',
  waiting: 'border-line-strong border-dashed',
  queued: 'border-line-strong',
  running: 'border-live',
  finished: 'border-ink-3 bg-ink-3',
  diverged: 'border-danger text-danger',
  failed: 'border-danger text-danger',
  cancelled: 'border-line-2 text-ink-3',
  blocked: 'border-line-2 text-ink-3',
}

const marks: Partial<Record<RunCell['status'], string>> = {
  diverged: '×',
  failed: '!',
  cancelled: '–',
  blocked: '∕',
}

const reported = ['diverged', 'failed', 'cancelled', 'blocked', 'running'] as const

/** The runs of one arm, a cell each: filled when finished, filling while it trains, a sign when it ended otherwise. */
export function ProgressCells({ name, cells }: { name: string; cells: readonly RunCell[] }): ReactNode {
  const finished = cells.filter((cell) => cell.status === 'finished').length
  const others = reported
    .map((status) => ({ status, n: cells.filter((cell) => cell.status === status).length }))
    .filter(({ n }) => n > 0)
    .map(({ status, n }) => `, ${n} ${status}`)
  return (
    <div
      role="img"
      aria-label={`${name}: ${finished} of ${cells.length} finished${others.join('')}`}
      className={`flex min-w-0 items-center ${cells.length > 24 ? 'gap-px' : 'gap-[3px]'}`}
    >
      {cells.map((cell) => (
        <i
          key={cell.runId}
          title={`seed ${cell.seed}, ${cell.status}`}
          className={`h-3 max-w-[22px] min-w-0 flex-1 overflow-hidden rounded-[2px] border text-center text-11 leading-[9px] font-bold not-italic ${looks[cell.status]}`}
          style={cell.status === 'running' ? { background: filling(cell.progress ?? 0) } : undefined}
        >
          {marks[cell.status]}
        </i>
      ))}
    </div>
  )
}

function filling(progress: number): string {
  const edge = `${(progress * 100).toFixed(1)}%`
  return `linear-gradient(90deg, var(--live) ${edge}, transparent ${edge})`
}

import type { ReactNode } from 'react'
import type { RunStatus } from '../../../core/contracts/run.ts'

const words: Record<RunStatus, string> = {
  planned: 'planned',
  waiting: 'waiting for teacher',
  queued: 'queued',
  running: 'running',
  finished: 'finished',
  diverged: 'diverged',
  failed: 'failed',
  cancelled: 'cancelled',
  blocked: 'blocked',
}

const shapes: Record<RunStatus, ReactNode> = {
  planned: <circle cx="6" cy="6" r="4" strokeDasharray="1 2.2" />,
  waiting: <path d="M6 1.6 10.4 6 6 10.4 1.6 6z" />,
  queued: <circle cx="6" cy="6" r="4" strokeDasharray="2 1.6" />,
  running: <circle cx="6" cy="6" r="4" fill="var(--live)" stroke="none" />,
  finished: <path d="m2.5 6.3 2.3 2.3 4.7-5" strokeWidth="1.6" />,
  diverged: <path d="m2.5 2.5 7 7m0-7-7 7" strokeWidth="1.8" />,
  failed: (
    <>
      <path d="M6 2v4.6" strokeWidth="2" />
      <circle cx="6" cy="9.6" r="1.2" fill="currentColor" stroke="none" />
    </>
  ),
  cancelled: <path d="M2.5 6h7" strokeWidth="1.8" />,
  blocked: (
    <>
      <circle cx="6" cy="6" r="4.3" />
      <path d="m3.2 8.8 5.6-5.6" />
    </>
  ),
}

/** The word for a run's state. */
export function stateWord(status: RunStatus): string {
  return words[status]
}

/** Trouble is named in the colour of danger; it is never a verdict. */
export function isTrouble(status: RunStatus): boolean {
  return status === 'diverged' || status === 'failed'
}

/** The shape of a state, 12 px; its word stands beside it. */
export function StateIcon({ status, className = '' }: { status: RunStatus; className?: string }): ReactNode {
  return (
    <svg
      viewBox="0 0 12 12"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={`size-3 flex-none ${isTrouble(status) ? 'text-danger' : ''} ${className}`}
    >
      {shapes[status]}
    </svg>
  )
}

/** A state as shape and word, with a quiet remark behind it. */
export function RunState(props: { status: RunStatus; note?: ReactNode; className?: string }): ReactNode {
  return (
    <span
      className={`inline-flex min-w-0 items-center gap-1.5 ${tone(props.status)} ${props.className ?? ''}`}
    >
      <StateIcon status={props.status} />
      <span className="whitespace-nowrap">{words[props.status]}</span>
      {props.note === undefined || props.note === null ? null : (
        <span className={`min-w-0 truncate ${isTrouble(props.status) ? 'text-ink-2' : 'text-ink-3'}`}>
          {props.note}
        </span>
      )}
    </span>
  )
}

function tone(status: RunStatus): string {
  if (isTrouble(status)) return 'text-danger'
  return status === 'running' ? 'text-ink' : 'text-ink-2'
}

import Link from 'next/link'
import type { ReactNode } from 'react'
import type { WorkersPage } from '../../../core/contracts/views.ts'
import { decimal, duration } from '../../_ui/format.ts'
import { Time } from '../../_ui/time.tsx'
import { RunState } from '../runs/run-state.tsx'

/** The last runs that ended, newest first. */
export function RecentList({ recent }: { recent: WorkersPage['recent'] }): ReactNode {
  if (recent.length === 0) return <p className="text-13 text-ink-3">No run has ended yet.</p>
  return (
    <ul className="text-13">
      {recent.map((run) => (
        <li
          key={run.runId}
          className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-px border-t border-line py-2"
        >
          <Link href={`/runs/${run.runId}`} prefetch={false} className="truncate text-ink">
            {run.label}
          </Link>
          <span className="text-right">
            {run.accuracy === null ? '' : `${decimal(run.accuracy * 100, 1)} %`}
          </span>
          <span className="min-w-0 text-12" title={run.reason ?? undefined}>
            <RunState status={run.status} note={run.reason} className="max-w-full" />
          </span>
          <span className="text-right text-12 whitespace-nowrap text-ink-3">
            <Time at={run.endedAt} near />
            {run.durationMs === null ? '' : `, ${duration(run.durationMs)}`}
          </span>
        </li>
      ))}
    </ul>
  )
}

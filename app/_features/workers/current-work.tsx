import Link from 'next/link'
import type { ReactNode } from 'react'
import type { WorkersPage } from '../../../core/contracts/views.ts'
import { count, timeSpan } from '../../_ui/format.ts'
import { ProgressBar } from '../../_ui/progress.tsx'
import { megabytesWhole } from './workers-lead.ts'

type Current = NonNullable<WorkersPage['slots'][number]['current']>

/** What each core works on, with its progress and memory. */
export function CurrentWork({ slots }: { slots: WorkersPage['slots'] }): ReactNode {
  return (
    <ul className="mt-4 grid gap-x-12 gap-y-3 text-13 wide:grid-cols-2">
      {slots.map((slot) => (
        <li key={slot.index} className="grid grid-cols-[56px_minmax(0,1fr)] items-baseline gap-x-3">
          <span className="text-ink-2">Core {slot.index + 1}</span>
          {slot.current === null ? (
            <span className="text-ink-3">idle</span>
          ) : (
            <Work current={slot.current} core={slot.index + 1} />
          )}
        </li>
      ))}
    </ul>
  )
}

function Work({ current, core }: { current: Current; core: number }): ReactNode {
  const share = current.steps > 0 ? Math.floor((current.step / current.steps) * 100) : null
  return (
    <div className="min-w-0">
      <div className="flex justify-between gap-3">
        {current.runId === null ? (
          <span className="min-w-0 truncate font-medium">{current.label}</span>
        ) : (
          <Link
            href={`/runs/${current.runId}`}
            prefetch={false}
            className="min-w-0 truncate font-medium text-ink"
          >
            {current.label}
          </Link>
        )}
        <span>{share === null ? '' : `${share} %`}</span>
      </div>
      {current.steps > 0 ? (
        <ProgressBar
          label={`${current.label}, core ${core}`}
          value={current.step}
          max={current.steps}
          className="mt-1.5 mb-1.5"
        />
      ) : null}
      <div className="flex justify-between gap-3 text-12 text-ink-2">
        <span>{remark(current)}</span>
        <span className="whitespace-nowrap">
          {(current.residentBytes ?? 0) < 1e6 ? '' : megabytesWhole(current.residentBytes ?? 0)}
        </span>
      </div>
    </div>
  )
}

function remark(current: Current): string {
  if (current.kind === 'profile') {
    const alone = 'alone on the machine: beside a training it would measure noise'
    return current.left === null ? alone : `about ${timeSpan(current.left)} left · ${alone}`
  }
  const parts = [
    current.steps > 0 ? `step ${count(current.step)} of ${count(current.steps)}` : null,
    current.stepMs === null ? null : `${Number(current.stepMs.toPrecision(2))} ms a step`,
    current.left === null ? null : `about ${timeSpan(current.left)} left`,
  ]
  return parts.filter((part) => part !== null).join(' · ')
}

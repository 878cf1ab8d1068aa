import type { ReactNode } from 'react'
import type { RunStatus } from '../../../core/contracts/run.ts'
import { count } from '../../_ui/format.ts'
import { StateIcon, stateWord } from './run-state.tsx'

/** How many runs are in each state; pressing one shows only those. */
export function StateFilter(props: {
  counts: readonly { status: RunStatus; n: number }[]
  value: RunStatus | null
  onChange: (value: RunStatus | null) => void
}): ReactNode {
  return (
    <div role="group" aria-label="Show runs that are" className="mt-5 -ml-1.5 flex flex-wrap gap-x-1 text-12">
      {props.counts.map(({ status, n }) => (
        <button
          key={status}
          type="button"
          aria-pressed={props.value === status}
          onClick={() => props.onChange(props.value === status ? null : status)}
          className="flex items-center gap-1.5 rounded-1 px-1.5 py-1 text-ink-2 ring-inset hover:bg-sunken aria-pressed:bg-accent-tint aria-pressed:text-ink aria-pressed:ring-1 aria-pressed:ring-accent max-wide:min-h-9"
        >
          <StateIcon status={status} />
          <span>
            <b className="font-medium text-ink">{count(n)}</b> {stateWord(status)}
          </span>
        </button>
      ))}
    </div>
  )
}

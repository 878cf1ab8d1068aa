import type { ReactNode } from 'react'
import type { RunRow } from '../../../core/contracts/views.ts'
import { stateCounts } from './run-groups.ts'
import { stateWord } from './run-state.tsx'
import { StateCell } from './state-cell.tsx'

/** Many runs by state: a block for each state, as long as its share. `dimmed`: states that a filter hides. */
export function StateBar(props: {
  runs: readonly RunRow[]
  /** Whose runs these are, where nothing beside the bar says it. */
  name?: string
  className: string
  cell: string
  dimmed?: (status: RunRow['status']) => boolean
}): ReactNode {
  return (
    <span className={`flex gap-px ${props.className}`}>
      {stateCounts(props.runs).map(({ status, n }) => (
        <span
          key={status}
          title={`${props.name === undefined ? '' : `${props.name}: `}${n} ${stateWord(status)}`}
          style={{ flexGrow: n }}
          className={`min-w-0 basis-0 ${props.dimmed?.(status) === true ? 'opacity-35' : ''}`}
        >
          <StateCell
            status={status}
            progress={status === 'running' ? meanProgress(props.runs) : null}
            className={props.cell}
          />
        </span>
      ))}
    </span>
  )
}

function meanProgress(runs: readonly RunRow[]): number {
  const all = runs.filter((run) => run.status === 'running').map((run) => run.progress ?? 0)
  return all.reduce((sum, one) => sum + one, 0) / Math.max(1, all.length)
}

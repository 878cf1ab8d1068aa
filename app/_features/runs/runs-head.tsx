import type { PrimaryMetric } from '../../../core/contracts/protocol.ts'
import { judgedOf } from '../../../core/metrics/registry.ts'
import type { ReactNode } from 'react'
import { tickLabels } from '../../_charts/scale/axis-scale.ts'
import type { ColumnText } from './runs-columns.tsx'
import type { StripAxis } from './strip-axis.ts'

/** The head of a column, which sorts by it where it can. */
export function Head(props: {
  text: ColumnText
  align: 'left' | 'right'
  direction: false | 'asc' | 'desc'
  onSort: (() => void) | null
}): ReactNode {
  const { text, direction } = props
  const order = direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : undefined
  const name = (
    <>
      <span className="whitespace-nowrap">
        {text.name}
        {direction ? <span aria-hidden="true">{direction === 'asc' ? ' ↑' : ' ↓'}</span> : null}
      </span>
      <Small>{text.remark === '' ? '\u00a0' : text.remark}</Small>
    </>
  )
  return (
    <th
      scope="col"
      aria-sort={order}
      className={`pb-2 pl-2 font-medium text-ink-2 first:pl-0 ${props.align === 'left' ? 'text-left' : 'text-right'}`}
    >
      {props.onSort ? (
        <button
          type="button"
          onClick={props.onSort}
          className={`hover:text-ink ${props.align === 'left' ? 'text-left' : 'text-right'}`}
        >
          {name}
        </button>
      ) : (
        name
      )}
    </th>
  )
}

/** The axis that the strips of all rows share. */
export function DifferenceHead({ axis, metric }: { axis: StripAxis; metric: PrimaryMetric }): ReactNode {
  const labels = tickLabels(axis.ticks.map((tick) => tick.value * judgedOf(metric).scale))
  return (
    <th scope="col" className="pb-2 pl-6 text-left font-medium text-ink-2">
      <span className="whitespace-nowrap">Against control</span>
      <span className="relative block h-3.5 text-11 font-normal text-ink-3">
        {axis.ticks.map((tick, index) => (
          <span key={tick.value} className="absolute -translate-x-1/2" style={{ left: `${tick.at * 100}%` }}>
            {tick.value > 0 ? `+${labels[index] ?? ''}` : labels[index]}
          </span>
        ))}
      </span>
    </th>
  )
}

/** Unit and direction below a name. */
export function Small({ children }: { children: ReactNode }): ReactNode {
  return <small className="block text-11 font-normal text-ink-3">{children}</small>
}

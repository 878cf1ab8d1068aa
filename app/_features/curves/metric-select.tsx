import type { ReactNode } from 'react'
import { curveMetric, metricTitle } from '../../_charts/lines/curve-metric.ts'
import { ChevronIcon } from '../../_ui/icons.tsx'

/** Which curve is drawn. */
export function MetricSelect(props: {
  keys: readonly string[]
  value: string
  onChange: (key: string) => void
}): ReactNode {
  return (
    <span className="relative inline-block">
      <select
        aria-label="Metric"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        className="h-10 appearance-none rounded-1 border border-line-strong bg-surface pr-8 pl-2.5 text-16 text-ink wide:h-8 wide:text-13"
      >
        {props.keys.map((key) => (
          <option key={key} value={key}>
            {metricTitle(curveMetric(key))}
          </option>
        ))}
      </select>
      <ChevronIcon className="pointer-events-none absolute top-1/2 right-2.5 size-3 -translate-y-1/2 text-ink-3" />
    </span>
  )
}

'use client'

import type { ReactNode } from 'react'

export interface Segment<Value extends string> {
  value: Value
  label: string
  /** A quiet figure behind the label. */
  count?: number
}

/** One of up to four choices, all in sight. */
export function Segments<Value extends string>(props: {
  label: string
  segments: readonly Segment<Value>[]
  value: Value
  onChange: (value: Value) => void
}): ReactNode {
  return (
    <div
      role="group"
      aria-label={props.label}
      className="inline-flex max-w-full overflow-x-auto rounded-1 border border-line bg-sunken p-0.5 text-13 [scrollbar-width:none]"
    >
      {props.segments.map((segment) => (
        <button
          key={segment.value}
          type="button"
          aria-pressed={segment.value === props.value}
          onClick={() => props.onChange(segment.value)}
          className="rounded-[3px] px-[11px] py-2 whitespace-nowrap text-ink-2 aria-pressed:bg-surface aria-pressed:font-medium aria-pressed:text-ink aria-pressed:ring-1 aria-pressed:ring-line wide:px-2.5 wide:py-[3px]"
        >
          {segment.label}
          {segment.count === undefined ? null : (
            <span className="font-normal text-ink-3"> {segment.count}</span>
          )}
        </button>
      ))}
    </div>
  )
}

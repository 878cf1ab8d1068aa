import type { ReactNode } from 'react'
import { fraction } from '../../_charts/scale/ticks.ts'
import type { StripAxis, StripMark } from './strip-axis.ts'

/** A difference from the control on the axis that all rows share. The figure stands beside it. */
export function Strip(props: { axis: StripAxis; mark: StripMark | null; hollow: boolean }): ReactNode {
  const { mark } = props
  return (
    <svg aria-hidden="true" className="block size-full overflow-visible">
      <line
        x1={percent(fraction(0, props.axis.domain))}
        x2={percent(fraction(0, props.axis.domain))}
        y1="-4"
        y2="115%"
        stroke="var(--ink-3)"
        strokeDasharray="2 2"
      />
      {mark === null ? null : <StripShape mark={mark} hollow={props.hollow} />}
    </svg>
  )
}

function StripShape({ mark, hollow }: { mark: StripMark; hollow: boolean }): ReactNode {
  switch (mark.kind) {
    case 'tick':
      return (
        <svg x={percent(mark.at)} y="50%" overflow="visible">
          <rect x="-.75" y="-5" width="1.5" height="10" fill="var(--ink-2)" />
        </svg>
      )
    case 'arrow':
      return <Arrow side={mark.side} colour="var(--danger-ink)" />
    case 'point':
      return (
        <>
          {mark.interval ? (
            <line
              x1={percent(mark.interval[0])}
              x2={percent(mark.interval[1])}
              y1="50%"
              y2="50%"
              stroke="var(--ink-3)"
              strokeWidth="1.75"
            />
          ) : null}
          {mark.cut[0] ? <Arrow side="left" colour="var(--ink-3)" /> : null}
          {mark.cut[1] ? <Arrow side="right" colour="var(--ink-3)" /> : null}
          <circle
            cx={percent(mark.at)}
            cy="50%"
            r="4.5"
            fill={hollow ? 'var(--bg)' : 'var(--ink-3)'}
            stroke={hollow ? 'var(--ink-3)' : 'var(--bg)'}
            strokeWidth="2"
          />
        </>
      )
  }
}

function Arrow({ side, colour }: { side: 'left' | 'right'; colour: string }): ReactNode {
  return (
    <svg x={side === 'left' ? '0%' : '100%'} y="50%" overflow="visible">
      <path d={side === 'left' ? 'M6-4l-7 4 7 4z' : 'M-6-4l7 4-7 4z'} fill={colour} />
    </svg>
  )
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`
}

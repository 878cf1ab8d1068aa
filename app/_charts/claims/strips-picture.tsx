import { useId } from 'react'
import type { ReactNode } from 'react'
import { MarkPath } from '../arm-marker.tsx'
import type { StripMark, Strips } from './strips.ts'

const pc = (value: number): string => `${value}%`
const token = (name: string): string => `var(--${name})`

const anchors = { start: '', middle: '-translate-x-1/2', end: '-translate-x-full' } as const

/** Names at the left, one SVG with x in percent beside them, the axis below: nothing is measured, and it prints. */
export function StripsPicture({ strips }: { strips: Strips }): ReactNode {
  const { rows, rowHeight, ticks } = strips
  const height = rows.length * rowHeight
  const above = ticks.some((tick) => tick.above === true)
  const middle = (index: number): number => index * rowHeight + rowHeight / 2
  const hatch = useId()
  return (
    <div
      role="img"
      aria-label={strips.alt}
      className={`relative pl-[92px] text-12 max-wide:pl-[84px] ${above ? 'pt-4' : ''} ${ticks.some((tick) => tick.above !== true) ? 'pb-5' : ''}`}
    >
      <div aria-hidden="true" className="absolute left-0 w-[88px] max-wide:w-[80px]">
        {rows.map((row, index) => (
          <span
            // Names may repeat: the place is the row.
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            className={`flex items-center leading-[1.15] ${row.strong ? 'font-strong text-ink' : 'text-ink-2'} ${rowHeight < 20 ? 'text-11' : ''}`}
            style={{ height: rowHeight }}
          >
            <span className="line-clamp-2">{row.label}</span>
          </span>
        ))}
        {strips.unit === undefined ? null : (
          <span className="block pt-[3px] text-11 text-ink-3">{strips.unit}</span>
        )}
      </div>
      <div className="relative">
        <svg aria-hidden="true" width="100%" height={height} className="block overflow-visible">
          <defs>
            <pattern
              id={hatch}
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <path d="M0 0V6" stroke={token('line-strong')} strokeWidth="1.5" />
            </pattern>
          </defs>
          {strips.bands.map((band) => (
            <g key={band.from}>
              <rect x={pc(band.from)} width={pc(band.to - band.from)} height={height} fill={token('band')} />
              {[band.from, band.to].map((at) => (
                <line
                  key={at}
                  x1={pc(at)}
                  x2={pc(at)}
                  y2={height}
                  stroke={token('band-edge')}
                  strokeDasharray="2 2"
                />
              ))}
            </g>
          ))}
          {strips.rules.map((rule) => (
            <line
              key={`${rule.look} ${rule.at}`}
              x1={pc(rule.at)}
              x2={pc(rule.at)}
              y2={height}
              stroke={token('ink-2')}
              strokeWidth={rule.look === 'zero' ? 1.25 : 1}
              strokeDasharray={rule.look === 'zero' ? undefined : '5 3'}
            />
          ))}
          {rows.map((row, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <g key={index}>
              {row.marks.map((mark, at) => (
                // oxlint-disable-next-line react/no-array-index-key
                <Mark key={at} mark={mark} y={middle(index)} rowHeight={rowHeight} hatch={hatch} />
              ))}
            </g>
          ))}
        </svg>
        {ticks.map((tick) => (
          <span
            key={tick.text}
            aria-hidden="true"
            className={`absolute text-11 whitespace-nowrap text-ink-3 ${anchors[tick.anchor ?? 'middle']} ${tick.above === true ? '-top-4' : ''}`}
            style={{ left: pc(tick.at), ...(tick.above === true ? {} : { top: height + 3 }) }}
          >
            {tick.text}
          </span>
        ))}
      </div>
    </div>
  )
}

function Mark({
  mark,
  y,
  rowHeight,
  hatch,
}: {
  mark: StripMark
  y: number
  rowHeight: number
  hatch: string
}): ReactNode {
  switch (mark.kind) {
    case 'line':
      return (
        <line
          x1={pc(mark.from)}
          x2={pc(mark.to)}
          y1={y}
          y2={y}
          stroke={token(mark.colour)}
          strokeWidth={mark.width}
          strokeDasharray={mark.dashed === true ? '1 3' : undefined}
        />
      )
    case 'bar':
      return (
        <rect
          x={pc(mark.from)}
          width={pc(Math.max(0, mark.to - mark.from))}
          y={y - 8}
          height="16"
          fill={mark.look === 'hatched' ? `url(#${hatch})` : token(mark.colour)}
          stroke={mark.look === 'hatched' ? token('ink-3') : undefined}
        />
      )
    case 'cap':
      return (
        <rect
          x={pc(mark.at)}
          y={y - mark.height / 2}
          width="1.75"
          height={mark.height}
          fill={token(mark.colour)}
          style={{ transform: 'translateX(-0.9px)' }}
        />
      )
    case 'dot':
      return (
        <circle
          cx={pc(mark.at)}
          cy={y + (mark.dy ?? 0)}
          r={mark.radius}
          fill={token(mark.hollow ? 'bg' : mark.colour)}
          stroke={token(mark.hollow ? mark.colour : 'bg')}
          strokeWidth={mark.hollow ? (mark.radius > 5 ? 2.25 : 1.75) : 2}
        />
      )
    case 'span':
      return (
        <line
          x1={pc(mark.at)}
          x2={pc(mark.at)}
          y1={y + mark.fromDy}
          y2={y + mark.toDy}
          stroke={token(mark.colour)}
          strokeWidth="2"
        />
      )
    case 'arm':
      return (
        <svg x={pc(mark.at)} y={y} overflow="visible">
          <MarkPath look={mark.look} radius={5} />
        </svg>
      )
    case 'wedge':
      return (
        <svg
          x={pc(mark.from)}
          y={y - rowHeight / 2}
          width={pc(mark.to - mark.from)}
          height={rowHeight}
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
        >
          <path
            d="M1 6Q50 30 100 46V54Q50 70 1 94Z"
            fill={token('sunken')}
            stroke={token('ghost')}
            strokeDasharray="3 3"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      )
    case 'text':
      return (
        <text
          x={pc(mark.at)}
          y={y}
          dx={mark.dx ?? 0}
          dy={4 + (mark.dy ?? 0)}
          textAnchor={mark.anchor}
          fill={token(mark.on === 'bar' ? 'bg' : 'ink-2')}
          stroke={mark.on === 'bar' || mark.on === 'wedge' ? undefined : token('bg')}
          strokeWidth={mark.on === 'hatch' ? 9 : 4}
          strokeLinejoin="round"
          paintOrder="stroke"
          fontSize="12"
        >
          {mark.text}
        </text>
      )
  }
}

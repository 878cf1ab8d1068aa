import type { ReactNode } from 'react'

/** Four rows of a forest plot with what each of them means; places in the units of the picture, not data. */
const rows = [
  { word: 'helped', mark: 'helped', x: 285, thick: 24, thin: 40, text: 'clear of zero, the right way' },
  { word: 'hurt', mark: 'hurt', x: 60, thick: 22, thin: 38, text: 'clear of zero, the wrong way' },
  { word: 'no practical difference', mark: 'same', x: 176, thick: 22, thin: 42, text: 'inside the margin' },
  { word: 'inconclusive', mark: 'open', x: 214, thick: 50, thin: 74, text: 'could be either: add seeds' },
] as const

/** How to read the forest plot, drawn once wide with the words beside it and once narrow with them above. */
export function HowToRead(): ReactNode {
  return (
    <figure>
      <figcaption className="sr-only">
        How a verdict is read: {rows.map((row) => `${row.word}: ${row.text}`).join('. ')}.
      </figcaption>
      <Picture narrow={false} />
      <Picture narrow />
    </figure>
  )
}

function Picture({ narrow }: { narrow: boolean }): ReactNode {
  const rowHeight = narrow ? 66 : 48
  const top = narrow ? 70 : 62
  const bottom = top + 3 * rowHeight + 36
  const width = narrow ? 345 : 560
  return (
    <svg
      viewBox={`0 0 ${width} ${bottom + 30}`}
      aria-hidden="true"
      className={`w-full ${narrow ? 'wide:hidden' : 'max-wide:hidden'}`}
    >
      <rect x="110" y="30" width="120" height={bottom - 30} fill="var(--band)" />
      <path d={`M110 30V${bottom}M230 30V${bottom}`} stroke="var(--band-edge)" strokeDasharray="2 2" />
      <path d={`M170 30V${bottom}`} stroke="var(--ink-2)" strokeWidth="1.25" />
      <Label x={170} y={18} anchor="middle" fill="--ink-2" text="too small to matter" />
      {rows.map((row, index) => (
        <Specimen key={row.word} row={row} y={top + index * rowHeight} narrow={narrow} />
      ))}
      <path d={`M0 ${bottom}H345`} stroke="var(--line-strong)" />
      <Label x={0} y={bottom + 22} anchor="start" fill="--ink-3" text="worse" />
      <Label x={170} y={bottom + 22} anchor="middle" fill="--ink-2" text="same as without a teacher" />
      <Label x={345} y={bottom + 22} anchor="end" fill="--ink-3" text="better" />
    </svg>
  )
}

function Specimen(props: { row: (typeof rows)[number]; y: number; narrow: boolean }): ReactNode {
  const { row, y } = props
  const color = `var(--${row.mark}-mark)`
  const open = row.mark === 'open'
  const cap = `M${row.x - row.thin} ${y - 4.5}v9M${row.x + row.thin} ${y - 4.5}v9`
  return (
    <>
      <path
        d={`M${row.x - row.thin} ${y}H${row.x + row.thin}${cap}`}
        stroke={color}
        strokeWidth="1.75"
        fill="none"
      />
      <path d={`M${row.x - row.thick} ${y}H${row.x + row.thick}`} stroke={color} strokeWidth="7" />
      <circle
        cx={row.x}
        cy={y}
        r="6"
        fill={open ? 'var(--bg)' : color}
        stroke={open ? color : 'var(--bg)'}
        strokeWidth="2.2"
      />
      {props.narrow ? (
        <text
          x="0"
          y={y - 16}
          style={{ fontSize: 12.5, fontWeight: 600, fill: 'var(--ink)', paintOrder: 'stroke' }}
          stroke="var(--bg)"
          strokeWidth="4"
        >
          {row.word}
        </text>
      ) : (
        <>
          <Label x={364} y={y - 3} anchor="start" fill="--ink" bold text={row.word} />
          <Label x={364} y={y + 14} anchor="start" fill="--ink-3" text={row.text} />
        </>
      )}
    </>
  )
}

function Label(props: {
  x: number
  y: number
  anchor: 'start' | 'middle' | 'end'
  fill: string
  text: string
  bold?: boolean
}): ReactNode {
  return (
    <text
      x={props.x}
      y={props.y}
      textAnchor={props.anchor}
      style={{ fontSize: 12.5, fontWeight: props.bold ? 600 : 400, fill: `var(${props.fill})` }}
    >
      {props.text}
    </text>
  )
}

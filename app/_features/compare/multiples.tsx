import type { ReactNode } from 'react'
import { ArmMarker, MarkPath } from '../../_charts/arm-marker.tsx'
import { markColour } from '../../_charts/arm-look.ts'
import type { ArmLook } from '../../_charts/arm-look.ts'
import { DataTable } from '../../_charts/data-table.tsx'
import type {
  MultipleCell,
  MultipleColumn,
  PreparedMultiples,
} from '../../_charts/multiples/prepare-multiples.ts'

/** Arms down, metrics across; on small screens one metric after the other. Positions are percent: nothing is measured. */
export function Multiples({
  prepared,
  caption,
}: {
  prepared: PreparedMultiples
  caption: string
}): ReactNode {
  return (
    <>
      <div
        aria-hidden="true"
        className="grid gap-y-7 wide:auto-cols-[minmax(0,1fr)] wide:grid-flow-col wide:grid-cols-[184px] wide:gap-y-0"
      >
        <RowNames prepared={prepared} className="max-wide:hidden" />
        {prepared.columns.map((column) => (
          <div key={column.key} className="min-w-0">
            <div className="h-10 wide:pl-2">
              <b className="block text-12 leading-4 font-semibold">{column.title}</b>
              <span className="block text-11 leading-4 text-ink-3">{column.remark}</span>
            </div>
            <div className="max-wide:grid max-wide:grid-cols-[132px_minmax(0,1fr)]">
              <RowNames prepared={prepared} className="wide:hidden" bare />
              <Column column={column} looks={prepared.rows.map((row) => row.look)} />
            </div>
          </div>
        ))}
      </div>
      <DataTable
        table={{
          caption,
          head: ['Arm', ...prepared.columns.map((column) => `${column.title}, ${column.remark}`)],
          rows: prepared.rows.map((row, index) => [
            row.label,
            ...prepared.columns.map((column) => cellText(column.cells[index])),
          ]),
        }}
      />
    </>
  )
}

function RowNames(props: { prepared: PreparedMultiples; className: string; bare?: boolean }): ReactNode {
  return (
    <ul className={`${props.className} ${props.bare ? '' : 'pt-10'}`}>
      {props.prepared.rows.map((row) => (
        <li
          key={row.armId}
          className={`flex h-7 items-center gap-2 border-b border-line text-12 ${row.reference ? 'text-ink-2' : 'text-ink'}`}
        >
          <ArmMarker look={row.look} className="max-wide:hidden" />
          <span className="truncate" title={row.label}>
            {row.label}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Column({ column, looks }: { column: MultipleColumn; looks: readonly ArmLook[] }): ReactNode {
  return (
    <div className="relative">
      {/* Marks keep off the edges; all that is placed by percent lies in this inset. */}
      {column.control === null ? null : (
        <div className="pointer-events-none absolute inset-y-0 right-3 left-2">
          <i
            className="absolute top-0 bottom-5 border-l border-dotted border-ink-3"
            style={{ left: percent(column.control) }}
          />
        </div>
      )}
      {column.cells.map((cell, index) => (
        // Rows are the arms, in their order.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="relative h-7 border-b border-line">
          <Cell cell={cell} look={looks[index]} />
        </div>
      ))}
      <div className="relative mr-3 ml-2 h-5 text-11 text-ink-3">
        {column.ticks.map((tick) => (
          <span
            key={tick.label}
            className="absolute top-1 -translate-x-1/2 leading-none"
            style={{ left: percent(tick.at) }}
          >
            {tick.label}
          </span>
        ))}
      </div>
    </div>
  )
}

function Cell({ cell, look }: { cell: MultipleCell; look: ArmLook | undefined }): ReactNode {
  if (cell.kind === 'missing' || look === undefined) {
    return <span className="absolute top-1/2 left-2 -translate-y-1/2 text-11 text-ink-3">–</span>
  }
  if (cell.kind === 'beyond') {
    return (
      <span
        className={`absolute top-1/2 -translate-y-1/2 text-11 text-ink-2 ${cell.side === 'right' ? 'right-2' : 'left-2'}`}
      >
        {cell.side === 'right' ? `${cell.text} →` : `← ${cell.text}`}
      </span>
    )
  }
  const colour = `var(--${markColour(look)})`
  return (
    <div className="absolute inset-y-0 right-3 left-2" title={cell.text}>
      <svg className="size-full overflow-visible">
        {cell.interval ? (
          <line
            x1={percent(cell.interval[0])}
            x2={percent(cell.interval[1])}
            y1="50%"
            y2="50%"
            stroke={colour}
            strokeWidth="2"
          />
        ) : null}
        <svg x={percent(cell.at)} y="50%" overflow="visible">
          <MarkPath look={look} radius={4.2} />
        </svg>
      </svg>
    </div>
  )
}

function cellText(cell: MultipleCell | undefined): string {
  return cell === undefined || cell.kind === 'missing' ? 'no value' : cell.text
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`
}

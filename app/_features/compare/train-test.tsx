import type { ReactNode } from 'react'
import { ArmMarker, MarkPath } from '../../_charts/arm-marker.tsx'
import { markColour } from '../../_charts/arm-look.ts'
import { DataTable } from '../../_charts/data-table.tsx'
import type { GapRow, PreparedGap } from '../../_charts/multiples/prepare-gap.ts'
import { decimal } from '../../_ui/format.ts'

/** Train and test accuracy of each arm as the two ends of a line, and the gap in figures at the right. */
export function TrainTest({ prepared }: { prepared: PreparedGap }): ReactNode {
  return (
    <>
      <div aria-hidden="true" className="text-13">
        <div className="grid grid-cols-[minmax(0,1fr)_auto] text-12 text-ink-3 wide:grid-cols-[216px_minmax(0,1fr)_150px]">
          <span className="pb-1.5 max-wide:hidden">Arm</span>
          <span className="pb-1.5">Accuracy, % · filled: test · hollow: train</span>
          <span className="pb-1.5 text-right">Gap, points</span>
        </div>
        {prepared.rows.map((row) => (
          <Row key={row.armId} row={row} />
        ))}
        <div className="border-t border-line-strong wide:grid wide:grid-cols-[216px_minmax(0,1fr)_150px]">
          <div className="relative h-6 wide:col-start-2">
            {prepared.ticks.map((tick) => (
              <span
                key={tick.label}
                className="absolute top-1.5 -translate-x-1/2 text-12 leading-none text-ink-3"
                style={{ left: percent(tick.at) }}
              >
                {tick.label}
              </span>
            ))}
          </div>
        </div>
      </div>
      <DataTable
        table={{
          caption: 'Train and test accuracy of each arm with the gap between them',
          head: ['Arm', 'Train, %', 'Test, %', 'Gap, points'],
          rows: prepared.rows.map((row) => [row.label, figure(row.train), figure(row.test), gapText(row)]),
        }}
      />
    </>
  )
}

function Row({ row }: { row: GapRow }): ReactNode {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center border-t border-line max-wide:py-2 wide:h-10 wide:grid-cols-[216px_minmax(0,1fr)_150px]">
      <span className="flex min-w-0 items-center gap-2 pr-4">
        <ArmMarker look={row.look} />
        <span className="truncate" title={row.label}>
          {row.label}
        </span>
      </span>
      <div className="relative h-full max-wide:order-3 max-wide:col-span-2 max-wide:h-7">
        <Dumbbell row={row} />
      </div>
      <span className="text-right whitespace-nowrap">
        {row.gap === null ? '–' : decimal(row.gap, 1)}
        {row.half === null ? null : (
          <span className="ml-1.5 text-12 text-ink-3">±{decimal(row.half, 1)}</span>
        )}
      </span>
    </div>
  )
}

function Dumbbell({ row }: { row: GapRow }): ReactNode {
  const colour = `var(--${markColour(row.look)})`
  return (
    <svg className="absolute inset-0 size-full overflow-visible">
      {row.trainAt !== null && row.testAt !== null ? (
        <line
          x1={percent(row.testAt)}
          x2={percent(row.trainAt)}
          y1="50%"
          y2="50%"
          stroke={colour}
          strokeWidth="5"
          opacity=".22"
        />
      ) : null}
      {row.trainAt === null ? null : (
        <circle
          cx={percent(row.trainAt)}
          cy="50%"
          r="4"
          fill="var(--bg)"
          stroke={colour}
          strokeWidth="1.75"
        />
      )}
      {row.testAt === null ? null : (
        <svg x={percent(row.testAt)} y="50%" overflow="visible">
          <MarkPath look={{ ...row.look, open: false, colour: markColour(row.look) }} radius={5} />
        </svg>
      )}
    </svg>
  )
}

function figure(value: number | null): string {
  return value === null ? 'no value' : decimal(value, 2)
}

function gapText(row: GapRow): string {
  if (row.gap === null) return 'no value'
  return row.half === null ? decimal(row.gap, 1) : `${decimal(row.gap, 1)} ± ${decimal(row.half, 1)}`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`
}

'use client'

import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { ChevronIcon } from '../../_ui/icons.tsx'
import { useWindowRows } from '../../_ui/use-window-rows.ts'
import { ArmCells, Difference, Figure, Mean, RunLink, SeedState } from './runs-cells.tsx'
import type { ArmLine, SeedLine, TableRow } from './run-groups.ts'
import type { RunsTableProps } from './runs-table.tsx'
import { armMark } from './strip-axis.ts'
import { Strip } from './strip.tsx'

type CardsProps = Omit<RunsTableProps, 'sort' | 'onSort'>

const ARM_HEIGHT = 136
const SEED_HEIGHT = 48

/** The same on small screens: a block an arm, its seeds below when it is open. */
export function RunsCards(props: CardsProps): ReactNode {
  const rows = useMemo(
    () =>
      props.lines.flatMap((line): TableRow[] =>
        props.open.includes(line.id) ? [line, ...line.children] : [line],
      ),
    [props.lines, props.open],
  )
  const { drawn, box, measure } = useWindowRows<TableRow, HTMLUListElement>(rows, {
    key: (row) => row.id,
    height: (row) => (row.kind === 'arm' ? ARM_HEIGHT : SEED_HEIGHT),
  })
  return (
    <div className="mt-4 wide:hidden">
      <div className="flex justify-between pb-1.5 text-12 text-ink-3">
        <span>Arm, then seed</span>
        <span>Accuracy, %, ± half interval</span>
      </div>
      <ul {...box} aria-label="All runs by arm">
        {drawn.map((one) =>
          one.kind === 'gap' ? (
            <li key={one.key} aria-hidden="true" style={{ height: one.height }} />
          ) : (
            <li
              key={one.row.id}
              ref={measure}
              data-index={one.index}
              aria-setsize={rows.length}
              aria-posinset={one.index + 1}
            >
              {one.row.kind === 'arm' ? (
                <ArmBlock line={one.row} {...props} />
              ) : (
                <SeedBlock line={one.row} metric={props.metric} />
              )}
            </li>
          ),
        )}
      </ul>
    </div>
  )
}

function ArmBlock({ line, ...props }: CardsProps & { line: ArmLine }): ReactNode {
  const open = props.open.includes(line.id)
  const mark = armMark(props.axis, line.difference)
  return (
    <div className="border-t border-line py-3">
      <div className="flex items-baseline justify-between gap-3">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => props.onToggle(line.id)}
          className="flex min-w-0 items-center gap-2 py-1.5 text-left"
        >
          <ChevronIcon className={`size-3 flex-none text-ink-3 ${open ? '' : '-rotate-90'}`} />
          <b className="font-semi">{line.arm.label}</b>
        </button>
        <span className="whitespace-nowrap">
          <Mean of={line.accuracy} scale={100} digits={2} />
        </span>
      </div>
      <span className="block text-12 text-ink-2">{line.arm.detail}</span>
      {mark === null ? null : (
        <div className="my-1.5 h-7">
          <Strip axis={props.axis} mark={mark} hollow={!line.complete} />
        </div>
      )}
      <div className="mt-2 flex items-center justify-between gap-3">
        <ArmCells line={line} />
        <span className="text-12 whitespace-nowrap text-ink-2">
          n {line.n}
          {line.difference === null ? null : (
            <>
              , <Difference value={line.difference.estimate} metric={props.metric} />
            </>
          )}
        </span>
      </div>
    </div>
  )
}

function SeedBlock({ line, metric }: { line: SeedLine; metric: RunsTableProps['metric'] }): ReactNode {
  return (
    <div className="grid min-h-10 grid-cols-[minmax(0,1fr)_auto_52px] items-center gap-x-2.5 border-t border-line py-1 pl-5 text-13">
      <span className="min-w-0">
        <RunLink line={line} />
        <span className="block text-12">
          <SeedState line={line} />
        </span>
      </span>
      <span className="text-right">
        <Figure value={line.run.metrics['test/accuracy']} scale={100} digits={2} />
      </span>
      <span className="text-right text-ink-2">
        <Difference value={line.run.difference} metric={metric} />
      </span>
    </div>
  )
}

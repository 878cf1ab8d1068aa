'use client'

import type { ReactNode } from 'react'
import { ChevronIcon } from '../../_ui/icons.tsx'
import { ArmCells, Difference, Figure, Mean, RunLink, SeedState } from './runs-cells.tsx'
import type { ArmLine } from './run-groups.ts'
import type { RunsTableProps } from './runs-table.tsx'
import { armMark } from './strip-axis.ts'
import { Strip } from './strip.tsx'

/** The same on small screens: a block an arm, its seeds below when it is open. */
export function RunsCards(props: Omit<RunsTableProps, 'sort' | 'onSort'>): ReactNode {
  return (
    <div className="mt-4 wide:hidden">
      <div className="flex justify-between pb-1.5 text-12 text-ink-3">
        <span>Arm, then seed</span>
        <span>Accuracy, %, ± half interval</span>
      </div>
      {props.lines.map((line) => (
        <ArmBlock key={line.id} line={line} {...props} />
      ))}
    </div>
  )
}

function ArmBlock({
  line,
  ...props
}: Omit<RunsTableProps, 'sort' | 'onSort'> & { line: ArmLine }): ReactNode {
  const open = props.open.includes(line.id)
  const mark = armMark(props.axis, line.difference)
  return (
    <section aria-label={line.arm.label}>
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
          <span className="text-12 text-ink-2">
            n {line.n}
            {line.difference === null ? null : (
              <>
                , <Difference value={line.difference.estimate} metric={props.metric} />
              </>
            )}
          </span>
        </div>
      </div>
      {open ? (
        <ul>
          {line.children.map((seed) => (
            <li
              key={seed.id}
              className="grid min-h-10 grid-cols-[minmax(0,1fr)_auto_52px] items-center gap-x-2.5 border-t border-line py-1 pl-5 text-13"
            >
              <span className="min-w-0">
                <RunLink line={seed} />
                <span className="block text-12">
                  <SeedState line={seed} />
                </span>
              </span>
              <span className="text-right">
                <Figure value={seed.run.metrics['test/accuracy']} scale={100} digits={2} />
              </span>
              <span className="text-right text-ink-2">
                <Difference value={seed.run.difference} metric={props.metric} />
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}

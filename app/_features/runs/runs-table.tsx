'use client'

import { judgedOf } from '../../../core/metrics/registry.ts'
import type { PrimaryMetric } from '../../../core/contracts/protocol.ts'
import { useTable } from '@tanstack/react-table'
import type { ColumnSort, SortingState } from '@tanstack/react-table'
import { useMemo } from 'react'
import type { ComponentProps, ReactNode } from 'react'
import { ChevronIcon } from '../../_ui/icons.tsx'
import { useWindowRows } from '../../_ui/use-window-rows.ts'
import {
  ArmCells,
  Difference,
  Duration,
  Figure,
  Mean,
  RunLink,
  SeedState,
  isBar,
  Steps,
  Weights,
} from './runs-cells.tsx'
import { DifferenceHead, Head, Small } from './runs-head.tsx'
import { columnTexts, runsColumns, runsFeatures } from './runs-columns.tsx'
import type { ColumnText } from './runs-columns.tsx'
import type { ArmLine, SeedLine, TableRow } from './run-groups.ts'
import { armMark, seedMark } from './strip-axis.ts'
import type { StripAxis } from './strip-axis.ts'
import { Strip } from './strip.tsx'

export interface RunsTableProps {
  lines: ArmLine[]
  axis: StripAxis
  metric: PrimaryMetric
  /** Ids of the arms whose seeds are shown. */
  open: readonly string[]
  onToggle: (armId: string) => void
  sort: ColumnSort | null
  onSort: (sort: ColumnSort | null) => void
}

const COLUMNS = 11
const ARM_HEIGHT = 40
const SEED_HEIGHT = 32

/** Arms in protocol order, or as the reader sorts them, with their seeds below. */
export function RunsTable(props: RunsTableProps): ReactNode {
  const { lines, open, sort } = props
  const data = useMemo<TableRow[]>(() => [...lines], [lines])
  const sorting = useMemo<SortingState>(() => (sort === null ? [] : [sort]), [sort])
  const expanded = useMemo(() => Object.fromEntries(open.map((id) => [id, true])), [open])
  const table = useTable({
    features: runsFeatures,
    columns: runsColumns,
    data,
    state: { sorting, expanded },
    getRowId: (row) => row.id,
    getSubRows: (row) => (row.kind === 'arm' ? row.children : undefined),
    onSortingChange: (update) => {
      const next = typeof update === 'function' ? update(sorting) : update
      props.onSort(next[0] ?? null)
    },
  })
  const { rows } = table.getRowModel()
  const { drawn, box, measure } = useWindowRows<(typeof rows)[number], HTMLTableSectionElement>(rows, {
    key: (row) => row.id,
    height: (row) => (row.original.kind === 'arm' ? ARM_HEIGHT : SEED_HEIGHT),
  })
  const head = (text: ColumnText, align: 'left' | 'right' = 'right'): ReactNode => {
    const column = table.getColumn(text.id)
    const direction = column?.getIsSorted() ?? false
    return (
      <Head
        text={text}
        align={align}
        direction={direction}
        onSort={column?.getCanSort() ? () => column.toggleSorting() : null}
      />
    )
  }
  return (
    <table
      // The row of heads counts.
      aria-rowcount={rows.length + 1}
      className="mt-4 w-full table-fixed border-collapse text-13 max-wide:hidden"
    >
      <caption className="sr-only">All runs by arm</caption>
      <colgroup>
        <col />
        <col className="w-[156px]" />
        <col className="w-9" />
        <col className="w-[108px]" />
        <col className="w-[132px]" />
        <col className="w-[84px]" />
        <col className="w-[108px]" />
        <col className="w-[84px]" />
        <col className="w-[108px]" />
        <col className="w-[76px]" />
        <col className="w-[76px]" />
      </colgroup>
      <thead className="sticky top-0 z-10 bg-bg">
        <tr aria-rowindex={1} className="border-b border-line-strong align-bottom text-12">
          {head(columnTexts.arm, 'left')}
          {head(
            lines.some(isBar) ? { ...columnTexts.state, remark: 'share of seeds' } : columnTexts.state,
            'left',
          )}
          {head(columnTexts.n)}
          {head(columnTexts.accuracy)}
          <DifferenceHead axis={props.axis} metric={props.metric} />
          {head({
            ...columnTexts.difference,
            name: 'Difference',
            remark: judgedOf(props.metric).many,
          })}
          {head(columnTexts.nll)}
          {head(columnTexts.gap)}
          {head(columnTexts.steps)}
          {head(columnTexts.duration)}
          <th scope="col" className="pb-2 text-right font-medium text-ink-2">
            Weights
            <Small>SHA-256</Small>
          </th>
        </tr>
      </thead>
      <tbody {...box}>
        {drawn.map((one) => {
          if (one.kind === 'gap') return <GapRow key={one.key} height={one.height} />
          const { original, id } = one.row
          const place = { 'data-index': one.index, 'aria-rowindex': one.index + 2, ref: measure }
          return original.kind === 'arm' ? (
            <ArmRow key={id} line={original} table={props} place={place} />
          ) : (
            <SeedRow key={id} line={original} table={props} place={place} />
          )
        })}
      </tbody>
    </table>
  )
}

const cell = 'overflow-hidden pl-2 text-right whitespace-nowrap text-ellipsis'

type RowPlace = Pick<ComponentProps<'tr'>, 'ref' | 'aria-rowindex'> & { 'data-index': number }

function GapRow({ height }: { height: number }): ReactNode {
  return (
    <tr aria-hidden="true">
      <td colSpan={COLUMNS} style={{ height }} className="p-0" />
    </tr>
  )
}

function ArmRow(of: { line: ArmLine; table: RunsTableProps; place: RowPlace }): ReactNode {
  const { line, table: props, place } = of
  const open = props.open.includes(line.id)
  const control = line.arm.role === 'control'
  return (
    <tr {...place} className={`h-10 border-b border-line hover:bg-sunken ${control ? 'bg-sunken' : ''}`}>
      <th scope="row" className="text-left font-normal">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => props.onToggle(line.id)}
          className="flex max-w-full items-center gap-2 text-left"
        >
          <ChevronIcon className={`size-3 flex-none text-ink-3 ${open ? '' : '-rotate-90'}`} />
          <b className="flex-none font-semi">{line.arm.label}</b>
          <span className="min-w-0 truncate text-ink-2" title={line.arm.detail}>
            {line.arm.detail}
          </span>
        </button>
      </th>
      <td className="pl-2">
        <ArmCells line={line} />
      </td>
      <td className={cell}>{line.n}</td>
      <td className={cell}>
        <Mean of={line.accuracy} scale={100} digits={2} />
      </td>
      <td className="h-10 pl-6">
        <Strip axis={props.axis} mark={armMark(props.axis, line.difference)} hollow={!line.complete} />
      </td>
      <td className={cell}>
        {control ? (
          <span className="text-ink-3">0</span>
        ) : (
          <Difference value={line.difference?.estimate ?? null} metric={props.metric} />
        )}
      </td>
      <td className={cell}>
        <Mean of={line.nll} scale={1} digits={3} />
      </td>
      <td className={cell}>
        <Mean of={line.gap} scale={100} digits={1} />
      </td>
      <td className={cell}>
        <Steps steps={line.steps} epochs={line.epochs} />
      </td>
      <td className={cell}>
        <Duration ms={line.durationMs} />
      </td>
      <td />
    </tr>
  )
}

function SeedRow(of: { line: SeedLine; table: RunsTableProps; place: RowPlace }): ReactNode {
  const { line, table: props, place } = of
  const { run } = line
  return (
    <tr {...place} className="h-8 border-b border-line text-ink-2 hover:bg-sunken">
      <th scope="row" className="pl-5 text-left font-normal">
        <RunLink line={line} />
      </th>
      <td colSpan={2} className="overflow-hidden pl-2">
        <SeedState line={line} />
      </td>
      <td className={`${cell} text-ink`}>
        <Figure value={run.metrics['test/accuracy']} scale={100} digits={2} />
      </td>
      <td className="h-8 pl-6">
        <Strip axis={props.axis} mark={seedMark(props.axis, run.difference)} hollow={false} />
      </td>
      <td className={`${cell} text-ink`}>
        <Difference value={run.difference} metric={props.metric} />
      </td>
      <td className={cell}>
        <Figure value={run.metrics['test/nll']} scale={1} digits={3} />
      </td>
      <td className={cell}>
        <Figure value={run.metrics['gap/accuracy']} scale={100} digits={1} />
      </td>
      <td className={cell}>
        <Steps steps={run.steps} epochs={run.epochs} />
      </td>
      <td className={cell}>
        <Duration ms={run.durationMs} />
      </td>
      <td className={cell}>
        <Weights sha256={run.weightsSha256} />
      </td>
    </tr>
  )
}

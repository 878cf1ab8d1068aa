'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import type { ColumnSort } from '@tanstack/react-table'
import { createParser, parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../../_ui/button.tsx'
import { count, counted } from '../../_ui/format.ts'
import { EmptyState } from '../../_ui/page-parts.tsx'
import { usePrinting, useWide } from '../../_ui/use-media.ts'
import { UnreadAddress } from '../../_ui/unread-address.tsx'
import { oneOf, someOf } from '../../_ui/unread-parameters.ts'
import { useTRPC } from '../api/trpc.ts'
import { useExperiment } from '../experiment/use-experiment.ts'
import { runGroups, stateCounts, stateOrder } from './run-groups.ts'
import { RunMap } from './run-map.tsx'
import { RunsCards } from './runs-cards.tsx'
import { runsColumns } from './runs-columns.tsx'
import { RunsTable } from './runs-table.tsx'
import { StateFilter } from './state-filter.tsx'
import { stripAxis } from './strip-axis.ts'

const parseAsSort = createParser<ColumnSort>({
  parse: (text) => {
    const [id, order] = text.split('.')
    const known = runsColumns.some((column) => column.id === id && column.enableSorting !== false)
    return id && known && (order === 'asc' || order === 'desc') ? { id, desc: order === 'desc' } : null
  },
  serialize: (sort) => `${sort.id}.${sort.desc ? 'desc' : 'asc'}`,
  eq: (a, b) => a.id === b.id && a.desc === b.desc,
})

/** Every run: its state, its figures, and its difference from the control. */
export function RunsView({ id }: { id: string }): ReactNode {
  const trpc = useTRPC()
  const page = useExperiment(id)
  const { data: runs } = useSuspenseQuery(trpc.experiments.runs.queryOptions({ id }))
  const { data: verdict } = useSuspenseQuery(trpc.experiments.verdict.queryOptions({ id }))
  const [state, setState] = useQueryState('state', parseAsStringLiteral(stateOrder))
  const [sort, setSort] = useQueryState('sort', parseAsSort)
  const [open, setOpen] = useQueryState('open', parseAsArrayOf(parseAsString).withDefault([]))

  const lines = useMemo(() => runGroups(page.arms, runs, verdict, state), [page.arms, runs, verdict, state])
  // One axis whatever the filter: rows keep their place on it.
  const axis = useMemo(() => stripAxis(runGroups(page.arms, runs, verdict, null)), [page.arms, runs, verdict])
  const shown = lines.reduce((sum, line) => sum + line.children.length, 0)
  // A filter looks for runs: their arms are open.
  const opened = state === null ? open : lines.map((line) => line.id)
  const toggle = (armId: string): void => {
    void setOpen(open.includes(armId) ? open.filter((other) => other !== armId) : [...open, armId])
  }
  const clear = (): void => void setState(null)
  const wide = useWide()
  const printing = usePrinting()
  // Paper has a width of its own, and so has a window that the server cannot see: style sheets choose there.
  const cardsOnly = wide === false && !printing
  const tableOnly = wide === true && !printing
  const table = { lines, axis, metric: verdict.metric, open: opened, onToggle: toggle }
  return (
    <>
      <UnreadAddress
        parameters={{
          state: oneOf(stateOrder),
          sort: (text) => parseAsSort.parse(text) !== null,
          open: someOf(page.arms.map((arm) => arm.id)),
        }}
      />
      <StateFilter counts={stateCounts(runs)} value={state} onChange={(next) => void setState(next)} />
      <RunMap arms={page.arms} runs={runs} seeds={page.seeds} filter={state} />
      {lines.length === 0 ? (
        <EmptyState title="No run matches." action={<Button onClick={clear}>Clear the filter</Button>}>
          <p>{counted(runs.length, 'run')} are hidden by this filter.</p>
        </EmptyState>
      ) : (
        <>
          <p role="status" className="mt-5 flex flex-wrap items-center gap-x-4 gap-y-1 text-13 text-ink-2">
            <span>
              <b className="text-ink">{count(shown)}</b> of {counted(runs.length, 'run')},{' '}
              {counted(lines.length, 'arm')}
            </span>
            {state === null ? null : (
              <Button look="quiet" small onClick={clear}>
                Clear the filter
              </Button>
            )}
            {sort === null ? null : (
              <Button look="quiet" small className="max-wide:hidden" onClick={() => void setSort(null)}>
                Protocol order
              </Button>
            )}
          </p>
          {cardsOnly ? null : <RunsTable {...table} sort={sort} onSort={(next) => void setSort(next)} />}
          {tableOnly ? null : <RunsCards {...table} />}
        </>
      )}
      <p className="mt-3 max-w-[64em] text-12 text-ink-3">
        Arm rows: mean over the seeds that have ended ± half of its 95 % interval, n beside it
        {verdict.state === 'decided' ? '' : '; hollow while planned seeds are missing'}. The strip shows the
        difference from the control, better to the right; a bar is a run, a point with a line is an arm with
        its 95 % interval. A diverged run counts as if it guessed evenly, so its arm’s interval is wide on
        purpose. Failed, cancelled and blocked runs are missing, never 0. Weights: first 8 digits of the
        SHA-256.
      </p>
    </>
  )
}

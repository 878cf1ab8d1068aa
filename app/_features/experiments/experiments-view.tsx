'use client'

import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs'
import type { ReactNode } from 'react'
import { Button, LinkButton } from '../../_ui/button.tsx'
import { counted } from '../../_ui/format.ts'
import { PlusIcon, SearchIcon } from '../../_ui/icons.tsx'
import { EmptyState } from '../../_ui/page-parts.tsx'
import { Segments } from '../../_ui/segments.tsx'
import { UnreadAddress } from '../../_ui/unread-address.tsx'
import { oneOf } from '../../_ui/unread-parameters.ts'
import { useTRPC } from '../api/trpc.ts'
import { ExperimentRow, rowGrid } from './experiment-row.tsx'
import { countStates, filterExperiments, listStates } from './filter-experiments.ts'
import { FirstVisit } from './first-visit.tsx'
import { firstPage, nextCursor } from './pages.ts'

const REFRESH_MS = 15_000

const labels = { all: 'All', running: 'Running', decided: 'Decided', open: 'Open' } as const

const understood = { state: oneOf(listStates), q: () => true }

/** All experiments, newest first, narrowed by state and search; both stand in the address. */
export function ExperimentsView(): ReactNode {
  const trpc = useTRPC()
  // All pages are fetched again together, each from where the one before it then ends.
  const list = useSuspenseInfiniteQuery({
    ...trpc.experiments.list.infiniteQueryOptions(firstPage, { getNextPageParam: nextCursor }),
    // Ends arrive as events; the time left is asked for.
    refetchInterval: (query) =>
      query.state.data?.pages.flat().some(({ status }) => status === 'running') ? REFRESH_MS : false,
  })
  const experiments = list.data.pages.flat()
  const [state, setState] = useQueryState('state', parseAsStringLiteral(listStates).withDefault('all'))
  const [search, setSearch] = useQueryState('q', parseAsString.withDefault(''))
  if (experiments.length === 0) return <FirstVisit />
  const counts = countStates(experiments)
  const shown = filterExperiments(experiments, state, search)
  return (
    <>
      <div className="flex items-center justify-between gap-6">
        <h1>Experiments</h1>
        <LinkButton look="primary" href="/experiments/new">
          <PlusIcon className="size-3.5" />
          New experiment
        </LinkButton>
      </div>
      <div className="mt-5 mb-4 flex flex-wrap items-center gap-3">
        <label className="relative flex-[1_0_100%] wide:flex-[0_1_340px]">
          <span className="sr-only">Search experiments</span>
          <SearchIcon className="pointer-events-none absolute top-[calc(50%-8px)] left-[9px] size-4 text-ink-3" />
          <input
            type="search"
            value={search}
            onChange={(event) => void setSearch(event.target.value || null)}
            placeholder="Search questions, data, models"
            className="h-10 w-full rounded-1 border border-line-strong bg-surface pr-2.5 pl-8 text-16 wide:h-8 wide:text-13"
          />
        </label>
        <Segments
          label="State"
          value={state}
          onChange={(next) => void setState(next === 'all' ? null : next)}
          segments={listStates.map((value) => ({ value, label: labels[value], count: counts[value] }))}
        />
      </div>
      <UnreadAddress parameters={understood} />
      <p role="status" className="sr-only">
        {counted(shown.length, 'experiment')} shown
      </p>
      {shown.length === 0 ? (
        <EmptyState
          title="No experiment matches."
          action={
            <Button
              onClick={() => {
                void setSearch(null)
                void setState(null)
              }}
            >
              Show all
            </Button>
          }
        >
          <p>{counted(experiments.length, 'experiment')} hidden by this search.</p>
        </EmptyState>
      ) : (
        <>
          <div aria-hidden="true" className={`${rowGrid} pb-[7px] text-12 text-ink-3 max-wide:hidden`}>
            <div>Question</div>
            <div>Verdict by arm, against the control</div>
            <div className="max-desk:hidden">Validation accuracy, %</div>
            <div className="text-right">Seeds and date</div>
          </div>
          <ul className="border-b border-line">
            {shown.map((experiment) => (
              <li key={experiment.id}>
                <ExperimentRow experiment={experiment} />
              </li>
            ))}
          </ul>
          {list.hasNextPage ? (
            <Button
              className="mt-4"
              disabled={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              Older experiments
            </Button>
          ) : null}
          <p className="mt-3 text-12 text-ink-3">
            Sparkline: strong line a distilled arm, pale line the control, dashed the teacher. Mean over
            seeds.
          </p>
        </>
      )}
    </>
  )
}

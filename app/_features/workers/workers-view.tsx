'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { WorkersPage } from '../../../core/contracts/views.ts'
import { useTRPC } from '../api/trpc.ts'
import { CurrentWork } from './current-work.tsx'
import { Lanes } from './lanes.tsx'
import { RecentList } from './recent-list.tsx'
import { WaitingList } from './waiting-list.tsx'
import { gigabytes, workersLead } from './workers-lead.ts'

const REFRESH_MS = 5000

/** What runs where, what waits for what, and what ended lately. */
export function WorkersView(): ReactNode {
  const trpc = useTRPC()
  const { data: page } = useSuspenseQuery({
    ...trpc.workers.page.queryOptions(),
    // Steps arrive as events; memory and estimates are asked for.
    refetchInterval: (query) =>
      query.state.data?.slots.some((slot) => slot.current !== null) ? REFRESH_MS : false,
  })
  return (
    <>
      <h1>Workers</h1>
      <p className="mt-5 max-w-[46em] text-16 text-pretty">{workersLead(page)}</p>
      <Machine page={page} />
      <div className="mt-8 grid items-start gap-8 wide:mt-12 desk:grid-cols-[minmax(0,1fr)_320px] desk:gap-[72px]">
        <section aria-labelledby="waiting-heading" className="min-w-0">
          <div className="mb-3 flex items-baseline justify-between gap-4 max-wide:flex-col max-wide:gap-0.5">
            <h2 id="waiting-heading">Waiting</h2>
            {page.waitingTotal === 0 ? null : (
              <p className="text-13 text-ink-3">In the order in which they start.</p>
            )}
          </div>
          <WaitingList page={page} />
        </section>
        <section aria-labelledby="recent-heading">
          <h2 id="recent-heading" className="mb-3">
            Finished recently
          </h2>
          <RecentList recent={page.recent} />
        </section>
      </div>
    </>
  )
}

function Machine({ page }: { page: WorkersPage }): ReactNode {
  const { machine } = page
  const busy = page.slots.some((slot) => slot.current !== null)
  const facts: [string, string][] = [
    ['Processor', `${machine.processor}, ${machine.cores === 1 ? '1 core' : `${machine.cores} cores`}`],
    ['Memory', gigabytes(machine.memoryBytes)],
    ['Usual engine', machine.engine],
    ['Node', machine.node.replace(/^v/, '')],
    ['Supervisor', machine.supervisor],
  ]
  return (
    <section aria-labelledby="machine-heading" className="mt-8 border-t border-line-strong pt-4">
      <h2 id="machine-heading" className="flex items-center gap-2.5">
        <i className={busy ? 'pulse' : 'size-2 rounded-full bg-ghost'} />
        This machine
      </h2>
      <dl className="mt-1 grid gap-x-6 gap-y-1 text-13 max-wide:grid-cols-[84px_1fr] wide:flex wide:flex-wrap">
        {facts.map(([name, value]) => (
          <div key={name} className="gap-1.5 max-wide:contents wide:flex">
            <dt className="text-ink-3">{name}</dt>
            <dd className={name === 'Supervisor' && machine.supervisor === 'stopped' ? 'text-danger' : ''}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
      <Lanes page={page} />
      <CurrentWork slots={page.slots} />
    </section>
  )
}

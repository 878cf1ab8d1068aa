'use client'

import type { ReactNode } from 'react'
import type { RunPage } from '../../../core/contracts/views.ts'
import { Crumbs } from '../../_ui/page-parts.tsx'
import { Time } from '../../_ui/time.tsx'
import { CancelRun } from './cancel-run.tsx'
import { StateIcon, stateWord } from '../runs/run-state.tsx'
import { runTitle } from './run-title.ts'

/** What this run is, how it stands, and the way to stop it. */
export function RunHeader({ page }: { page: RunPage }): ReactNode {
  const base = `/experiments/${page.experiment.id}`
  const attempt = page.attempts.at(-1)
  return (
    <header>
      <Crumbs
        links={[
          { href: '/', label: 'Experiments' },
          { href: base, label: page.experiment.question },
          { href: `${base}/runs`, label: 'Runs' },
        ]}
      />
      <div className="flex items-start justify-between gap-6 max-wide:flex-col max-wide:gap-3">
        <h1>{runTitle(page)}</h1>
        {page.cancelling === null ? null : <CancelRun page={page} cancelling={page.cancelling} />}
      </div>
      <dl className="mt-3 grid gap-x-6 gap-y-1 text-13 max-wide:grid-cols-[84px_1fr] wide:flex wide:flex-wrap">
        <Fact name="State">
          <span className="flex items-center gap-2">
            {page.status === 'running' ? <i className="pulse" /> : <StateIcon status={page.status} />}
            {page.status === 'running' ? 'training' : stateWord(page.status)}
            {page.trainedAgain ? ' again' : ''}
            {attempt === undefined ? '' : `, attempt ${attempt.number}`}
          </span>
        </Fact>
        <Fact name={page.startedAt === null ? 'Planned' : 'Started'}>
          <Time at={page.startedAt ?? page.createdAt} near />
        </Fact>
        {page.endedAt === null ? null : (
          <Fact name="Ended">
            <Time at={page.endedAt} near />
          </Fact>
        )}
        <Fact name="Method">{page.arm.detail}</Fact>
        <Fact name="Engine">{page.engine}</Fact>
      </dl>
    </header>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div className="gap-1.5 max-wide:contents wide:flex">
      <dt className="text-ink-3">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { Crumbs, NoBreak } from '../../_ui/page-parts.tsx'
import { count } from '../../_ui/format.ts'
import { Tabs } from '../../_ui/tabs.tsx'
import { CancelExperiment } from './cancel-experiment.tsx'
import { experimentFacts } from './experiment-facts.ts'
import { useExperiment } from './use-experiment.ts'
import { demonstrationRemark } from '../../../core/distillation/defaults.ts'

/** The question, what it is asked of, and the pages of the answer. */
export function ExperimentHeader({ id }: { id: string }): ReactNode {
  const page = useExperiment(id)
  const { facts, line } = experimentFacts(page)
  const path = usePathname()
  const base = `/experiments/${id}`
  return (
    <header>
      <Crumbs links={[{ href: '/', label: 'Experiments' }]} />
      <div className="flex flex-col items-start gap-3 wide:flex-row wide:justify-between wide:gap-6">
        <h1>
          <NoBreak>{page.question}</NoBreak>
        </h1>
        {/* The verdict page has the button beside its progress. */}
        {page.status === 'running' && path !== base ? <CancelExperiment page={page} /> : null}
      </div>
      <p className="mt-1.5 text-13 text-ink-2 wide:hidden">
        <NoBreak>{line}</NoBreak>
      </p>
      <dl className="mt-3 grid grid-cols-[repeat(2,auto)] justify-start gap-x-8 gap-y-1 text-13 max-wide:hidden desk:grid-cols-[repeat(3,auto)]">
        {facts.map(([name, value]) => (
          <div key={name} className="flex gap-1.5">
            <dt className="text-ink-3">{name}</dt>
            <dd>
              <NoBreak>{value}</NoBreak>
            </dd>
          </div>
        ))}
      </dl>
      <Notes notes={[...(page.demonstration ? [demonstrationRemark] : []), ...page.notes]} />
      <Tabs
        label="Experiment"
        tabs={[
          { href: base, label: 'Verdict' },
          { href: `${base}/claims`, label: 'Claims' },
          { href: `${base}/compare`, label: 'Compare' },
          { href: `${base}/curves`, label: 'Curves' },
          { href: `${base}/runs`, label: 'Runs', count: count(page.runsTotal) },
          { href: `${base}/protocol`, label: 'Protocol' },
        ]}
      />
    </header>
  )
}

function Notes({ notes }: { notes: readonly string[] }): ReactNode {
  if (notes.length === 0) return null
  return (
    <ul className="mt-2 text-13 text-ink-2">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  )
}

'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { Banner, Crumbs, NoBreak, WrittenText } from '../../_ui/page-parts.tsx'
import { count } from '../../_ui/format.ts'
import { Tabs } from '../../_ui/tabs.tsx'
import type { ExperimentPage } from '../../../core/contracts/views.ts'
import { CancelExperiment } from './cancel-experiment.tsx'
import { experimentFacts } from './experiment-facts.ts'
import { useExperiment } from './use-experiment.ts'
import { demonstrationRemark } from '../../../core/planning/defaults.ts'

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
          <WrittenText>{page.question}</WrittenText>
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
      <Damaged page={page} />
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

/** Named one by one up to here. */
const named = 3

/** Why words are missing, and where that can be mended: the same on every page of the experiment. */
function Damaged({ page }: { page: ExperimentPage }): ReactNode {
  const [first] = page.damaged
  if (first === undefined) return null
  const shown = page.damaged.slice(0, named)
  const more = page.damaged.length - shown.length
  return (
    <div className="mt-4 max-w-[68em]">
      <Banner bad>
        {first.runId === null ? (
          <p className="min-w-0 wrap-anywhere">
            <b>The data set cannot be read as it was stored, so nothing has a word.</b> {first.fault.text}
          </p>
        ) : (
          <p className="min-w-0">
            <b>Stored predictions cannot be read as they were stored:</b>{' '}
            {shown.map(({ runId, label, fault }, index) => (
              <span key={label}>
                {index === 0 ? '' : ', '}
                <Link href={`/runs/${runId}`} className="underline underline-offset-2">
                  {label}
                </Link>{' '}
                ({fault.state})
              </span>
            ))}
            {more === 0 ? '' : ` and ${count(more)} more`}. What is compared with them has no word; the page
            of a run says how to mend it.
          </p>
        )}
      </Banner>
    </div>
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

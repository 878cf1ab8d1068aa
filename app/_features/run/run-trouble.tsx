import Link from 'next/link'
import type { ReactNode } from 'react'
import type { RunPage } from '../../../core/contracts/views.ts'
import { Banner } from '../../_ui/page-parts.tsx'
import { stoppedText } from './run-facts.ts'

/** What a state that is not "running" or "finished" means for this run, and what to do. */
export function RunTrouble({ page }: { page: RunPage }): ReactNode {
  const text = explanation(page)
  if (text === null) return null
  return (
    <div className="mt-5 max-w-[68em]">
      <Banner bad={page.status === 'diverged' || page.status === 'failed' || page.status === 'blocked'}>
        <p>
          <b>{text.what}</b> {text.meaning}
        </p>
      </Banner>
    </div>
  )
}

interface Explanation {
  what: string
  meaning: ReactNode
}

function explanation(page: RunPage): Explanation | null {
  switch (page.status) {
    case 'running':
    case 'finished':
      return null
    case 'planned':
      return { what: 'Not queued yet.', meaning: 'It starts when what it builds on is ready.' }
    case 'queued':
      return {
        what: 'Waiting for a free core.',
        meaning: <>What runs before it stands on the {link('/workers', 'Workers')} page.</>,
      }
    case 'waiting':
      if (page.reason !== null)
        return {
          what: 'Waiting until the files of its teacher are mended.',
          meaning: (
            <>
              {page.reason} This run starts by itself when {teacherLink(page)} is whole again.
            </>
          ),
        }
      return {
        what: 'Waiting for its teacher.',
        meaning: (
          <>{teacherLink(page)} has to finish first; then its soft targets are computed once for all arms.</>
        ),
      }
    case 'blocked':
      return {
        what: `Blocked: ${sentence(page.reason, 'its teacher has no result')}`,
        meaning: (
          <>
            It cannot be trained without {teacherLink(page)}, and has no result. Arms that need no teacher are
            not affected. Read the teacher’s log, then launch the experiment anew.
          </>
        ),
      }
    case 'diverged':
      return {
        what: `This run diverged: ${sentence(page.reason, 'its loss stopped being finite')}`,
        meaning:
          page.arm.role === 'teacher'
            ? 'The runs that learn from it are blocked; arms that need no teacher still finish.'
            : 'It counts as an even guess over the classes, as the protocol says, so its arm’s interval widens.',
      }
    case 'failed':
      return {
        what: `This run failed: ${sentence(page.reason, 'the training process ended')}`,
        meaning: `${stoppedText(page) ?? ''} It has no result, and ${missingFrom(page)}. The log below ends with what happened last; after a repair launch the experiment anew.`,
      }
    case 'cancelled':
      return {
        what: sentence(page.reason, 'Cancelled'),
        meaning: `${stoppedText(page) ?? ''} It has no result, and ${missingFrom(page)}.`,
      }
  }
}

function missingFrom({ arm }: RunPage): string {
  return arm.role === 'teacher' ? 'nothing can learn from it' : 'its seed is missing from the arm'
}

function teacherLink(page: RunPage): ReactNode {
  const { teacher } = page.lineage
  return teacher === null ? 'the teacher' : link(`/runs/${teacher.runId}`, 'the teacher')
}

function link(href: string, text: string): ReactNode {
  return (
    <Link href={href} className="underline underline-offset-2">
      {text}
    </Link>
  )
}

function sentence(reason: string | null, fallback: string): string {
  const text = reason ?? fallback
  return /[.!?]$/.test(text) ? text : `${text}.`
}

import Link from 'next/link'
import type { ReactNode } from 'react'
import type { WorkersPage } from '../../../core/contracts/views.ts'
import { LinkButton } from '../../_ui/button.tsx'
import { count, counted, timeSpan } from '../../_ui/format.ts'
import { EmptyState, WrittenText } from '../../_ui/page-parts.tsx'
import { groupWaiting } from './group-waiting.ts'
import type { WaitingGroup } from './group-waiting.ts'

/** The queue in the order in which it starts, and what each job waits for. */
export function WaitingList({ page }: { page: WorkersPage }): ReactNode {
  if (page.waitingTotal === 0) {
    return (
      <EmptyState
        title="Nothing is waiting."
        action={<LinkButton href="/experiments/new">New experiment</LinkButton>}
      >
        <p>A new experiment fills this list with its runs; the cores take them one after the other.</p>
      </EmptyState>
    )
  }
  const { ready, later } = groupWaiting(page.waiting)
  const more = page.waitingTotal - page.waiting.length
  return (
    <>
      <table className="w-full border-collapse text-13">
        <thead className="max-wide:sr-only">
          <tr className="border-b border-line-strong text-left text-12 text-ink-2">
            <th scope="col" className="pb-2 font-medium">
              Job
            </th>
            <th scope="col" className="pb-2 pl-4 font-medium">
              Waits for
            </th>
            <th scope="col" className="pb-2 pl-4 text-right font-medium">
              Takes
              <small className="block text-11 font-normal text-ink-3">about</small>
            </th>
          </tr>
        </thead>
        <tbody>
          {ready.map((group) => (
            <Row key={group.id} group={group} />
          ))}
          {later.length === 0 || ready.length === 0 ? null : (
            <tr>
              <td colSpan={3} className="pt-5 pb-1.5 text-12 text-ink-3">
                Cannot start yet
              </td>
            </tr>
          )}
          {later.map((group) => (
            <Row key={group.id} group={group} />
          ))}
        </tbody>
      </table>
      {more > 0 ? <p className="mt-3 text-12 text-ink-3">{count(more)} more behind these.</p> : null}
    </>
  )
}

function Row({ group }: { group: WaitingGroup }): ReactNode {
  const { job, takes } = group
  return (
    <tr
      className={`border-b border-line align-baseline ${job.kind === 'profile' ? 'bg-[repeating-linear-gradient(135deg,var(--sunken)_0_5px,transparent_5px_10px)]' : ''}`}
    >
      <th scope="row" className="py-2 text-left font-normal">
        <JobName group={group} />
        <Link
          href={`/experiments/${job.experimentId}`}
          className="block text-12 text-ink-3 max-wide:hidden"
          prefetch={false}
        >
          <WrittenText>{job.question}</WrittenText>
        </Link>
        <span className="block text-12 text-ink-2 wide:hidden">{job.waitsFor}</span>
      </th>
      <td className="py-2 pl-4 text-ink-2 max-wide:hidden">{job.waitsFor}</td>
      <td className="py-2 pl-4 text-right whitespace-nowrap">
        {takes === null ? (
          <span className="text-ink-3">–</span>
        ) : (
          `${timeSpan(takes)}${group.count > 1 ? ' each' : ''}`
        )}
      </td>
    </tr>
  )
}

function JobName({ group: { job, count: jobs } }: { group: WaitingGroup }): ReactNode {
  if (jobs > 1) return job.kind === 'train' ? counted(jobs, 'run') : `${counted(jobs, 'time')}: ${job.label}`
  if (job.runId === null) return <b className={job.kind === 'profile' ? '' : 'font-normal'}>{job.label}</b>
  return (
    <Link
      href={`/runs/${job.runId}`}
      prefetch={false}
      className="text-ink max-wide:inline-block max-wide:py-1"
    >
      {job.label}
    </Link>
  )
}

import Link from 'next/link'
import type { ReactNode } from 'react'
import type { RunPage } from '../../../core/contracts/views.ts'
import { stateWord } from '../runs/run-state.tsx'

/** What the run came from, and what it goes into. */
export function RunLineage({ page }: { page: RunPage }): ReactNode {
  const { teacher, control, reusedFrom } = page.lineage
  const base = `/experiments/${page.experiment.id}`
  return (
    <ol className="text-13">
      {teacher === null ? null : (
        <Step mark={<i className="block size-2 rotate-45 border-2 border-ink bg-bg" />}>
          <Link href={`/runs/${teacher.runId}`}>Teacher: {teacher.label}</Link>
          <Remark>
            {teacher.status === 'finished'
              ? 'frozen; its logits are computed once for all arms'
              : stateWord(teacher.status)}
          </Remark>
        </Step>
      )}
      <Step mark={<i className="block size-2.5 rounded-full bg-live" />}>
        <b>This run</b>
        <Remark>
          {page.arm.label}, seed {page.seed}
          {control === null ? null : (
            <>
              , same seed as{' '}
              <Link href={`/runs/${control.runId}`} className="underline underline-offset-2">
                control, seed {page.seed}
              </Link>
            </>
          )}
          {reusedFrom === null ? null : (
            <>
              ; reused from{' '}
              <Link href={`/runs/${reusedFrom}`} className="underline underline-offset-2">
                an earlier run of the same spec
              </Link>
            </>
          )}
        </Remark>
      </Step>
      <Step
        last
        mark={<i className="block size-2.5 rounded-full border-[1.5px] border-dashed border-ink-3" />}
      >
        <Link href={base}>{destination(page)}</Link>
        <Remark>{goesInto(page)}</Remark>
      </Step>
    </ol>
  )
}

function destination({ arm }: RunPage): string {
  if (arm.role === 'teacher') return 'The arms that learn from it'
  return arm.role === 'control'
    ? 'Every comparison with the control'
    : `Verdict on ${arm.label.toLowerCase()}`
}

function goesInto(page: RunPage): string {
  if (page.arm.role === 'teacher') return 'one teacher for the whole experiment'
  switch (page.status) {
    case 'finished':
      return `counts as seed ${page.seed}`
    case 'diverged':
      return `counts as seed ${page.seed}, scored as an even guess`
    case 'failed':
    case 'cancelled':
    case 'blocked':
      return 'does not count: it has no result'
    case 'planned':
    case 'waiting':
    case 'queued':
    case 'running':
      return `will count as seed ${page.seed}`
  }
}

function Step(props: { mark: ReactNode; children: ReactNode; last?: boolean }): ReactNode {
  return (
    <li className="relative pb-3.5 pl-[22px]">
      <span className="absolute top-1 left-0 grid size-3.5 place-items-center">{props.mark}</span>
      {props.last ? null : (
        <i className="absolute top-[21px] -bottom-0.5 left-[7px] border-l border-line-strong" />
      )}
      {props.children}
    </li>
  )
}

function Remark({ children }: { children: ReactNode }): ReactNode {
  return <span className="block text-12 text-ink-3">{children}</span>
}

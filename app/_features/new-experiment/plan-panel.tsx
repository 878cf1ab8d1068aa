import type { ReactNode } from 'react'
import type { PlanPreview } from '../../../core/contracts/views.ts'
import { Button } from '../../_ui/button.tsx'
import { count, counted, duration } from '../../_ui/format.ts'
import { Stat } from '../../_ui/page-parts.tsx'

export interface Plan {
  preview: PlanPreview | undefined
  /** The preview is of an earlier state of the form. */
  stale: boolean
  /** The form can be read, but no preview of it has arrived: nothing can be launched for the moment. */
  waiting: boolean
  /** What no field can show: the plan as a whole, or the API itself. */
  failure: string | null
  fieldProblems: number
  launching: boolean
}

/** What a launch would do, and the page's only primary button. */
export function PlanPanel({ plan, onLaunch }: { plan: Plan; onLaunch: () => void }): ReactNode {
  const { preview } = plan
  const ready = preview?.protocol != null && plan.fieldProblems === 0
  return (
    <aside
      aria-label="Plan"
      className="rounded-2 border border-line bg-surface p-4 max-desk:mt-2 wide:p-6 desk:sticky desk:top-5"
    >
      <h2>The plan</h2>
      <div aria-live="polite" className={`mt-4 grid grid-cols-3 gap-4 ${plan.stale ? 'opacity-60' : ''}`}>
        <Stat value={ready ? count(preview.runs) : '–'} label="runs" />
        <Stat
          value={ready && preview.estimateMs !== null ? duration(preview.estimateMs) : '–'}
          label="on this machine"
        />
        <Stat
          value={ready ? count(preview.comparisons) : '–'}
          label={preview?.comparisons === 1 ? 'comparison' : 'comparisons'}
        />
      </div>
      <p className="mt-4 text-13 leading-normal text-pretty text-ink-2">
        {ready ? planText(preview) : 'The plan appears when every field can be read.'}
      </p>
      {preview === undefined || preview.notes.length === 0 ? null : (
        <ul className="mt-3 grid gap-1.5 border-l-[3px] border-open pl-3 text-13">
          {preview.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <Failure plan={plan} />
      <div className="mt-5 max-wide:hidden">
        <Button
          look="primary"
          className="h-9! w-full"
          disabled={plan.launching || plan.waiting}
          onClick={onLaunch}
        >
          {launchText(plan)}
        </Button>
      </div>
      <p className="mt-3 text-12 leading-[1.45] text-ink-3">
        Launching freezes the protocol: data, arms, seeds, metric and margin cannot change afterwards. The
        question is the title only and stands outside.
      </p>
    </aside>
  )
}

/** On small screens the plan's figures and the button stay in reach at the bottom. */
export function LaunchBar({ plan, onLaunch }: { plan: Plan; onLaunch: () => void }): ReactNode {
  const { preview } = plan
  const ready = preview?.protocol != null && plan.fieldProblems === 0
  return (
    <div className="sticky bottom-0 z-10 -mx-4 mt-5 -mb-12 flex items-center justify-between gap-4 border-t border-line bg-surface px-4 py-2.5 text-13 wide:hidden">
      <div className={plan.stale ? 'opacity-60' : ''}>
        <b className="block">{ready ? counted(preview.runs, 'run') : 'Not ready yet'}</b>
        <span className="text-ink-2">
          {ready
            ? preview.estimateMs === null
              ? ''
              : `about ${duration(preview.estimateMs)}`
            : counted(Math.max(1, plan.fieldProblems), 'field') + ' to correct'}
        </span>
      </div>
      <Button look="primary" disabled={plan.launching || plan.waiting} onClick={onLaunch}>
        {plan.launching ? 'Launching' : 'Launch'}
      </Button>
    </div>
  )
}

function Failure({ plan }: { plan: Plan }): ReactNode {
  const text =
    plan.failure ??
    (plan.fieldProblems > 0 ? `${counted(plan.fieldProblems, 'field')} to correct before launch.` : null)
  return (
    <p role="status" className={text === null ? 'sr-only' : 'mt-3 text-13 text-danger'}>
      {text}
    </p>
  )
}

function launchText({ preview, waiting, launching, fieldProblems }: Plan): string {
  if (launching) return 'Launching'
  if (waiting || preview?.protocol == null || fieldProblems > 0) return 'Freeze and launch'
  return `Freeze and launch ${counted(preview.runs, 'run')}`
}

function planText(preview: PlanPreview): string {
  const teacher = preview.teacher === null ? 'The teacher' : `The teacher, ${preview.teacher.label},`
  const arms = preview.arms.filter((arm) => arm.role !== 'teacher').length
  const basis = preview.estimateBasis === null ? '' : ` Time ${preview.estimateBasis}.`
  return `${teacher} is trained once, then ${counted(arms, 'arm')} with the same seeds. Every arm is compared with the control, ${together(preview.comparisons)}.${basis}`
}

function together(comparisons: number): string {
  if (comparisons === 1) return 'one comparison'
  return comparisons === 2 ? 'both corrected together' : `all ${comparisons} corrected together`
}

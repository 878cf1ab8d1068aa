import type { ReactNode } from 'react'
import type { PrimaryMetric } from '../../../core/contracts/protocol.ts'
import type { PlanPreview } from '../../../core/contracts/plan-preview.ts'
import { Button } from '../../_ui/button.tsx'
import { count, counted, timeSpan } from '../../_ui/format.ts'
import { Stat } from '../../_ui/page-parts.tsx'
import { LaunchedBefore } from './launched-before.tsx'
import { PlanPower } from './plan-power.tsx'
import { detects, looksText, metricUnit, planVerdict, timeBasisText } from './plan-texts.ts'

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
  /** The experiment that this form launched before, from other settings. */
  launchedBefore: string | null
  metric: PrimaryMetric
  /** Of each arm at the last look, as the form has them now; null while they cannot be read. */
  seeds: number | null
}

/** What a launch would do and what it can detect, and the page's only primary button. */
export function PlanPanel(props: {
  plan: Plan
  onLaunch: () => void
  onAnother: () => void
  onSeeds: (seeds: number) => void
}): ReactNode {
  const { plan } = props
  const { preview, metric } = plan
  const ready = preview?.protocol != null && plan.fieldProblems === 0
  const power = ready ? preview.power : null
  return (
    <aside
      aria-label="Plan"
      className="flex flex-col rounded-2 border border-line bg-surface max-desk:mt-2 desk:sticky desk:top-5 desk:max-h-[calc(100dvh-40px)]"
    >
      <div className="min-h-0 overflow-y-auto p-4 wide:px-6 wide:pt-6 wide:pb-4">
        <h2>The plan</h2>
        <div
          aria-live="polite"
          className={`mt-4 flex justify-between gap-4 ${plan.stale ? 'opacity-60' : ''}`}
        >
          <Stat
            value={ready ? count(preview.runs) : '–'}
            label={preview?.allLooks == null ? 'runs' : 'runs at first'}
          />
          <Stat
            value={ready && preview.time !== null ? timeSpan(preview.time) : '–'}
            label="about, on this machine"
          />
          <Stat
            value={power === null ? '–' : detects(metric, power.detectable)}
            label={`${metricUnit(metric).unit} detectable`}
          />
        </div>
        <p className="mt-4 text-13 leading-normal text-pretty text-ink-2">
          {ready ? (
            <Verdict preview={preview} metric={metric} />
          ) : (
            'The plan appears when every field can be read.'
          )}
        </p>
        {power === null ? null : (
          <div className={plan.stale ? 'opacity-80' : ''}>
            <PlanPower
              power={power}
              metric={metric}
              comparisons={preview?.comparisons ?? 1}
              seeds={plan.seeds ?? power.seeds}
              looks={preview?.allLooks != null}
              onSeeds={props.onSeeds}
            />
          </div>
        )}
        {ready ? (
          <p className="mt-2 text-12 leading-[1.45] text-pretty text-ink-3">{planText(preview)}</p>
        ) : null}
        {preview === undefined || preview.notes.length === 0 ? null : (
          <ul className="mt-3 grid gap-1.5 border-l-[3px] border-open pl-3 text-13">
            {preview.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
        <p className="mt-3 text-12 leading-[1.45] text-pretty text-ink-3">
          Launching freezes the protocol: data, arms, seeds, looks, metric and margins cannot change
          afterwards. The question is the title only and stands outside.
        </p>
      </div>
      <div className="px-4 pb-4 wide:px-6 wide:pb-5 desk:border-t desk:border-line desk:pt-4">
        {plan.launchedBefore === null ? null : (
          <LaunchedBefore experimentId={plan.launchedBefore} onAnother={props.onAnother} />
        )}
        <Failure plan={plan} />
        <Button
          look="primary"
          className="h-9! w-full max-wide:hidden"
          disabled={plan.launching || plan.waiting}
          onClick={props.onLaunch}
        >
          {launchText(plan)}
        </Button>
      </div>
    </aside>
  )
}

function Verdict({ preview, metric }: { preview: PlanPreview; metric: PrimaryMetric }): ReactNode {
  if (preview.power === null) return preview.powerReason
  const { lead, text } = planVerdict(preview.power, metric)
  return (
    <>
      <b className="text-ink">{lead}</b> {text} {looksText(preview)}
    </>
  )
}

/** On small screens the plan's figures and the button stay in reach at the bottom. */
export function LaunchBar({ plan, onLaunch }: { plan: Plan; onLaunch: () => void }): ReactNode {
  const { preview } = plan
  const ready = preview?.protocol != null && plan.fieldProblems === 0
  const wrong = plan.fieldProblems > 0 || preview?.protocol === null
  return (
    <div className="sticky bottom-0 z-10 -mx-4 mt-5 -mb-12 flex items-center justify-between gap-4 border-t border-line bg-surface px-4 py-2.5 text-13 wide:hidden">
      <div className={plan.stale ? 'opacity-60' : ''}>
        <b className="block">{ready ? workText(preview) : wrong ? 'Not ready yet' : 'Planning'}</b>
        <span className="text-ink-2">
          {ready
            ? preview.power === null
              ? 'no word with these seeds'
              : `detects ${detects(plan.metric, preview.power.detectable)} ${metricUnit(plan.metric).unit}`
            : wrong
              ? `${counted(Math.max(1, plan.fieldProblems), 'field')} to correct`
              : (plan.failure ?? 'runs and time follow')}
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
    <p role="status" className={text === null ? 'sr-only' : 'mb-3 text-13 text-danger'}>
      {text}
    </p>
  )
}

function workText({ runs, time }: PlanPreview): string {
  return time === null ? counted(runs, 'run') : `${counted(runs, 'run')}, about ${timeSpan(time)}`
}

function launchText({ preview, waiting, launching, fieldProblems }: Plan): string {
  if (launching) return 'Launching'
  if (waiting || preview?.protocol == null || fieldProblems > 0) return 'Freeze and launch'
  return `Freeze and launch ${counted(preview.runs, 'run')}`
}

function planText(preview: PlanPreview): string {
  const teacher = preview.teacher === null ? 'The teacher' : `The teacher, ${preview.teacher.label},`
  const arms = preview.arms.filter((arm) => arm.role !== 'teacher').length
  const basis = preview.timeBasis === null ? '' : ` ${timeBasisText(preview.timeBasis)}`
  return `${teacher} is trained once, then ${counted(arms, 'arm')} with the same seeds. Every arm is compared with the control, ${together(preview.comparisons)}.${basis}`
}

function together(comparisons: number): string {
  if (comparisons === 1) return 'one comparison'
  return comparisons === 2 ? 'both corrected together' : `all ${comparisons} corrected together`
}

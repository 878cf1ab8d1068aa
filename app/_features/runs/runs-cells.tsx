import type { PrimaryMetric } from '../../../core/contracts/protocol.ts'
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Estimate } from '../../../core/contracts/views.ts'
import { count, decimal, difference, duration, epochNumber } from '../../_ui/format.ts'
import { ProgressBar } from '../../_ui/progress.tsx'
import type { ArmLine, SeedLine } from './run-groups.ts'
import { RunState, StateIcon, stateWord } from './run-state.tsx'
import { StateBar } from './state-bar.tsx'
import { StateCell } from './state-cell.tsx'
import { stateCounts } from './run-groups.ts'

/** Stands where no value is: never 0. */
export function Dash(): ReactNode {
  return <span className="text-ink-3">–</span>
}

/** A mean with half of its interval behind it. */
export function Mean({
  of,
  scale,
  digits,
}: {
  of: Estimate | null
  scale: number
  digits: number
}): ReactNode {
  if (of === null) return <Dash />
  return (
    <>
      {decimal(of.mean * scale, digits)}
      {of.half === null ? null : (
        <span className="ml-1 text-12 text-ink-3">±{decimal(of.half * scale, digits)}</span>
      )}
    </>
  )
}

/** A single figure, or a dash. */
export function Figure(props: { value: number | undefined; scale: number; digits: number }): ReactNode {
  return props.value === undefined ? <Dash /> : decimal(props.value * props.scale, props.digits)
}

/** A signed difference of the primary metric, or a dash. */
export function Difference(props: { value: number | null; metric: PrimaryMetric }): ReactNode {
  return props.value === null ? <Dash /> : difference(props.value, props.metric)
}

export function Steps({ steps, epochs }: { steps: number | null; epochs: number | null }): ReactNode {
  if (steps === null) return <Dash />
  const text = `${count(steps)}${epochs === null ? '' : ` · ${epochNumber(epochs)}`}`
  return <span title={text}>{text}</span>
}

export function Duration({ ms }: { ms: number | null }): ReactNode {
  return ms === null ? <Dash /> : duration(ms)
}

/** Cells that can be told apart at the width of the column. */
const MOST_CELLS = 24

/** Whether the runs of an arm stand together by state instead of one by one. */
export const isBar = ({ runs }: Pick<ArmLine, 'runs'>): boolean => runs.length > MOST_CELLS

/** The runs of an arm, a cell each; of many, a bar of their states. */
export function ArmCells({ line }: { line: ArmLine }): ReactNode {
  const parts = stateCounts(line.runs).map(({ status, n }) => `${n} ${stateWord(status)}`)
  const few = !isBar(line)
  return (
    <span
      role="img"
      aria-label={parts.join(', ')}
      title={parts.join(', ')}
      className={few ? 'flex items-center gap-0.5' : 'flex w-[156px] max-w-full'}
    >
      {few ? (
        line.runs.map((run) => (
          <StateCell
            key={run.runId}
            status={run.status}
            progress={run.progress}
            className="h-3 w-[9px] max-w-[9px] min-w-0 flex-1"
          />
        ))
      ) : (
        <StateBar runs={line.runs} className="w-full" cell="h-3 min-w-[3px]" />
      )}
    </span>
  )
}

/** The state of one run: a bar while it trains, its cause where it went wrong. */
export function SeedState({ line }: { line: SeedLine }): ReactNode {
  const { run, arm } = line
  if (run.status === 'running' && run.progress !== null) {
    const percent = Math.round(run.progress * 100)
    return (
      <span className="flex items-center gap-2">
        <RunState status="running" />
        <ProgressBar
          label={`${arm.label}, seed ${run.seed}`}
          value={percent}
          max={100}
          className="w-12 flex-none"
        />
        <span className="whitespace-nowrap">{percent} %</span>
      </span>
    )
  }
  if (run.damaged !== null) return <DamagedState state={run.damaged} />
  const note = [run.reason, run.attempts > 1 ? `attempt ${run.attempts}` : null]
    .filter((part) => part !== null)
    .join(', ')
  return (
    <span title={note === '' ? undefined : note} className="flex min-w-0">
      <RunState status={run.status} note={note === '' ? null : note} />
    </span>
  )
}

/** It finished, and its predictions cannot be read as they were stored. */
function DamagedState({ state }: { state: NonNullable<SeedLine['run']['damaged']> }): ReactNode {
  const text = `predictions ${state}`
  return (
    <span title={`finished, ${text}`} className="flex min-w-0 items-center gap-1.5 text-danger">
      <StateIcon status="failed" />
      <span className="min-w-0 truncate">{text}</span>
    </span>
  )
}

/** The first eight digits of the weights' hash. */
export function Weights({ sha256 }: { sha256: string | null }): ReactNode {
  return sha256 === null ? <Dash /> : <span className="font-mono text-12">{sha256.slice(0, 8)}</span>
}

export function RunLink({ line }: { line: SeedLine }): ReactNode {
  return (
    <Link
      href={`/runs/${line.run.runId}`}
      prefetch={false}
      className="text-ink max-wide:inline-block max-wide:py-1"
    >
      seed {line.run.seed}
    </Link>
  )
}

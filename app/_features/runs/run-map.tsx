import Link from 'next/link'
import type { ReactNode } from 'react'
import type { RunStatus } from '../../../core/contracts/run.ts'
import type { ArmView, RunRow } from '../../../core/contracts/views.ts'
import { counted } from '../../_ui/format.ts'
import { stateWord } from './run-state.tsx'
import { StateBar } from './state-bar.tsx'
import { StateCell } from './state-cell.tsx'

/** Above this many arms their names no longer fit; the cells carry them as tooltips. */
const NAMED_ARMS = 14
/** Above this many seeds the cells would fill a screen: the runs of an arm stand together by state. */
const SEED_ROWS = 40

/**
 * One cell a run: arms across in protocol order, seeds down. The filter dims the rest instead of removing it.
 * A picture for the pointer; the table below holds the same runs as links.
 */
export function RunMap(props: {
  arms: readonly ArmView[]
  runs: readonly RunRow[]
  seeds: readonly number[]
  filter: RunStatus | null
}): ReactNode {
  const arms = props.arms.filter((arm) => props.runs.some((run) => run.armId === arm.id))
  const named = arms.length <= NAMED_ARMS
  const each = props.seeds.length <= SEED_ROWS
  return (
    <div aria-hidden="true" className="mt-5 flex gap-2 text-11 text-ink-3">
      <div className="flex w-11 flex-none flex-col justify-between leading-3 max-wide:hidden">
        <span>{each ? `seed ${props.seeds[0]}` : counted(props.seeds.length, 'seed')}</span>
        {each && props.seeds.length > 1 ? (
          <span className={named ? 'mb-6' : ''}>{props.seeds.at(-1)}</span>
        ) : null}
      </div>
      <div
        className={`grid min-w-0 flex-1 ${named ? 'gap-x-1.5' : 'gap-x-px'}`}
        style={{ gridTemplateColumns: `repeat(${arms.length}, minmax(0, 1fr))` }}
      >
        {arms.map((arm) => (
          <div key={arm.id} className="min-w-0">
            {each ? (
              <div className="grid gap-px">
                {column(arm, props.runs, props.seeds).map(({ seed, run }) =>
                  run === null ? (
                    <span key={seed} className="h-3" />
                  ) : (
                    <Link
                      key={seed}
                      href={`/runs/${run.runId}`}
                      tabIndex={-1}
                      prefetch={false}
                      title={`${arm.label}, seed ${run.seed}: ${stateWord(run.status)}${run.damaged === null ? '' : `, a file is ${run.damaged}`}`}
                      className={`block rounded-[1.5px] hover:outline-1 hover:outline-ink ${run.status === 'waiting' ? 'bg-sunken' : ''} ${run.damaged === null ? '' : 'outline-2 outline-danger'} ${props.filter !== null && run.status !== props.filter ? 'opacity-35' : ''}`}
                    >
                      <StateCell status={run.status} progress={run.progress} className="h-3" />
                    </Link>
                  ),
                )}
              </div>
            ) : (
              <StateBar
                runs={props.runs.filter((run) => run.armId === arm.id)}
                name={arm.label}
                className="h-[120px] flex-col"
                cell="h-full min-h-[3px]"
                dimmed={(status) => props.filter !== null && status !== props.filter}
              />
            )}
            {named ? (
              <span className="mt-1.5 block truncate leading-4" title={arm.label}>
                {arm.label}
              </span>
            ) : null}
          </div>
        ))}
      </div>
    </div>
  )
}

/** The teacher has one run of its own seed, which stands in the first row. */
function column(
  arm: ArmView,
  runs: readonly RunRow[],
  seeds: readonly number[],
): { seed: number; run: RunRow | null }[] {
  const own = runs.filter((run) => run.armId === arm.id)
  if (arm.role === 'teacher') return own.map((run) => ({ seed: run.seed, run }))
  return seeds.map((seed) => ({ seed, run: own.find((run) => run.seed === seed) ?? null }))
}

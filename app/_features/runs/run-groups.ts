import type { RunStatus } from '../../../core/contracts/run.ts'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { ArmFigures, ArmView, Estimate, RunRow } from '../../../core/contracts/views.ts'

/** One line of the table: an arm with its seeds below it, or one seed. */
export type TableRow = ArmLine | SeedLine

export interface ArmLine {
  kind: 'arm'
  id: string
  arm: ArmView
  /** All runs of the arm, also those that the filter hides. */
  runs: RunRow[]
  /** Runs with a score: finished, or diverged and scored as the even guess. */
  n: number
  /** Seeds of the protocol that have no score yet: the figures are provisional. */
  complete: boolean
  accuracy: Estimate | null
  nll: Estimate | null
  gap: Estimate | null
  difference: { estimate: number; interval: [number, number] | null } | null
  steps: number | null
  epochs: number | null
  durationMs: number | null
  children: SeedLine[]
}

export interface SeedLine {
  kind: 'seed'
  id: string
  arm: ArmView
  run: RunRow
}

/** Order of the states in counts and filters. */
export const stateOrder = [
  'finished',
  'running',
  'queued',
  'waiting',
  'planned',
  'blocked',
  'diverged',
  'failed',
  'cancelled',
] as const satisfies readonly RunStatus[]

/** How many runs are in each state, states without any left out. */
export function stateCounts(runs: readonly RunRow[]): { status: RunStatus; n: number }[] {
  return stateOrder
    .map((status) => ({ status, n: runs.filter((run) => run.status === status).length }))
    .filter(({ n }) => n > 0)
}

/** The runs by arm in the order of the protocol, those of `filter` only; arms without any are left out. */
export function runGroups(
  arms: readonly ArmView[],
  runs: readonly RunRow[],
  verdict: Pick<VerdictPage, 'figures' | 'comparisons' | 'plannedSeeds'>,
  filter: RunStatus | null,
): ArmLine[] {
  return arms.flatMap((arm) => {
    const own = runs.filter((run) => run.armId === arm.id).sort((a, b) => a.seed - b.seed)
    const shown = own.filter((run) => filter === null || run.status === filter)
    if (shown.length === 0) return []
    return [armLine(arm, own, shown, verdict)]
  })
}

function armLine(
  arm: ArmView,
  own: RunRow[],
  shown: readonly RunRow[],
  verdict: Pick<VerdictPage, 'figures' | 'comparisons' | 'plannedSeeds'>,
): ArmLine {
  const figures: ArmFigures | undefined = verdict.figures.find((of) => of.armId === arm.id)
  const comparison = verdict.comparisons.find((of) => of.arm === arm.id && of.family === 'primary')
  const scored = own.filter((run) => run.status === 'finished' || run.status === 'diverged')
  const n = scored.length
  const ended = own.flatMap((run) => (run.durationMs === null ? [] : [run.durationMs]))
  return {
    kind: 'arm',
    id: arm.id,
    arm,
    runs: own,
    n,
    complete: arm.role === 'teacher' ? n > 0 : n >= verdict.plannedSeeds,
    accuracy: figures?.metrics['test/accuracy'] ?? null,
    nll: figures?.metrics['test/nll'] ?? null,
    gap: figures?.metrics['gap/accuracy'] ?? null,
    difference:
      comparison === undefined || comparison.estimate === null
        ? null
        : { estimate: comparison.estimate, interval: comparison.individual },
    steps: whole(median((n > 0 ? scored : own).flatMap((run) => run.steps ?? []))),
    epochs: median(own.flatMap((run) => run.epochs ?? [])),
    durationMs: median(ended),
    children: shown.map((run) => ({ kind: 'seed', id: run.runId, arm, run })),
  }
}

/** Runs that stop early make different numbers of steps. */
const whole = (steps: number | null): number | null => (steps === null ? null : Math.round(steps))

function median(values: number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2
}

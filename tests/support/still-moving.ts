import type { ExperimentPage, WorkersPage } from '../../core/contracts/views.ts'

/**
 * Tests wait as long as something moves, however slow the machine is. Where nothing has for so long, what they wait for
 * will not come. Above that stands one cap for everything, in the runners' settings.
 */
export const stillLimitMs = 120_000

/** What moves while an experiment is under way: its runs, and steps and memory of the trainers, in latency too. */
export const traceOf = ({ status, progress, after }: ExperimentPage, { slots }: WorkersPage): string =>
  JSON.stringify([
    status,
    progress,
    after,
    slots.map(({ current }) => [current?.attemptId, current?.step, current?.residentBytes]),
  ])

/** Given one trace after the other, says whether anything moved within `limitMs`. */
export function watchTraces(
  limitMs = stillLimitMs,
  elapsed: () => number = () => performance.now(),
): (trace: string) => boolean {
  let last: string | null = null
  let movedAt = elapsed()
  return (trace) => {
    if (trace !== last) movedAt = elapsed()
    last = trace
    return elapsed() - movedAt < limitMs
  }
}

/** Calls `stalled` unless `moved` is called again and again until `end`. */
export function watchEvents(stalled: () => void): { moved: () => void; end: () => void } {
  const timer = setTimeout(stalled, stillLimitMs)
  return { moved: () => void timer.refresh(), end: () => clearTimeout(timer) }
}

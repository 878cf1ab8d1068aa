import type { QueryClient } from '@tanstack/react-query'
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query'
import type { AppRouter } from '../../../server/api/trpc/router.ts'
import type { CurvesPage, LiveEvent } from '../../../core/contracts/views.ts'
import { patchCurves, patchRunCurves, patchRunLog } from './merge-points.ts'
import { patchExperimentProgress, patchRunRows, patchRunStep, patchWorkers } from './patch-progress.ts'
import { planRefresh } from './plan-refresh.ts'

/** Brings the cached answers up to what `events` say: small changes are patched in, the rest is fetched again. */
export function applyEvents(
  cache: QueryClient,
  trpc: TRPCOptionsProxy<AppRouter>,
  events: readonly LiveEvent[],
): void {
  for (const event of events) patch(cache, trpc, event)
  const refresh = planRefresh(events)
  const stale = (queryKey: readonly unknown[]): void => void cache.invalidateQueries({ queryKey })
  if (refresh.all) {
    void cache.invalidateQueries()
    return
  }
  if (refresh.list) stale(trpc.experiments.list.infiniteQueryKey())
  if (refresh.workers) stale(trpc.workers.page.queryKey())
  for (const id of refresh.experiments) {
    stale(trpc.experiments.page.queryKey({ id }))
    stale(trpc.experiments.verdict.queryKey({ id }))
    stale(trpc.experiments.claims.queryKey({ id }))
    stale(trpc.experiments.runs.queryKey({ id }))
  }
  for (const id of new Set([...refresh.experiments, ...refresh.curves])) {
    stale(trpc.experiments.curves.queryKey({ id }))
  }
  for (const runId of refresh.runs) stale(trpc.runs.page.queryKey({ runId }))
}

function patch(cache: QueryClient, trpc: TRPCOptionsProxy<AppRouter>, event: LiveEvent): void {
  switch (event.type) {
    case 'metrics': {
      const queryKey = trpc.experiments.curves.queryKey({ id: event.experimentId })
      cache.setQueriesData<CurvesPage>({ queryKey }, (page) => page && patchCurves(page, event))
      cache.setQueryData(
        trpc.runs.page.queryKey({ runId: event.runId }),
        (page) => page && patchRunCurves(page, event),
      )
      break
    }
    case 'log':
      cache.setQueryData(
        trpc.runs.page.queryKey({ runId: event.runId }),
        (page) => page && patchRunLog(page, event),
      )
      break
    case 'progress':
      cache.setQueryData(
        trpc.experiments.page.queryKey({ id: event.experimentId }),
        (page) => page && patchExperimentProgress(page, event),
      )
      cache.setQueryData(
        trpc.experiments.runs.queryKey({ id: event.experimentId }),
        (rows) => rows && patchRunRows(rows, event),
      )
      cache.setQueryData(
        trpc.runs.page.queryKey({ runId: event.runId }),
        (page) => page && patchRunStep(page, event),
      )
      cache.setQueryData(trpc.workers.page.queryKey(), (page) => page && patchWorkers(page, event))
      break
    case 'resync':
    case 'many-points':
    case 'run':
    case 'experiment':
    case 'workers':
      break
  }
}

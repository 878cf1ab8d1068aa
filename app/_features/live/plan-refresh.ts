import type { LiveEvent } from '../../../core/contracts/views.ts'

/** Which answers of the API no longer hold after some events. */
export interface Refresh {
  all: boolean
  list: boolean
  workers: boolean
  /** Experiments whose header, runs, verdict and curves changed. */
  experiments: ReadonlySet<string>
  runs: ReadonlySet<string>
  /** Experiments of which only the curves changed, by more points than were sent. */
  curves: ReadonlySet<string>
}

/** What a batch of events makes stale. Points, log lines and progress are patched in instead. */
export function planRefresh(events: readonly LiveEvent[]): Refresh {
  const experiments = new Set<string>()
  const runs = new Set<string>()
  const curves = new Set<string>()
  let all = false
  let list = false
  let workers = false
  for (const event of events) {
    switch (event.type) {
      case 'resync':
        all = true
        break
      case 'run':
        list = true
        experiments.add(event.experimentId)
        runs.add(event.runId)
        break
      case 'many-points':
        curves.add(event.experimentId)
        runs.add(event.runId)
        break
      case 'experiment':
        list = true
        experiments.add(event.experimentId)
        break
      case 'workers':
        workers = true
        break
      case 'metrics':
      case 'log':
      case 'progress':
        break
    }
  }
  return { all, list, workers, experiments, runs, curves }
}

import type { ExperimentPage, RunPage } from '../../core/contracts/views.ts'

export interface TimeWatch {
  experiment(page: ExperimentPage): void
  run(page: RunPage): void
  /** What went backward, each once. */
  backward(): string[]
}

/** Watches the times that pages show: an end is not before its beginning, a log goes forward, what has begun stays. */
export function createTimeWatch(): TimeWatch {
  const found = new Set<string>()
  const begun = new Map<string, number>()

  function inOrder(what: string, times: readonly (number | null)[]): void {
    const known = times.filter((time) => time !== null)
    if (known.some((time, at) => time < (known[at - 1] ?? time))) found.add(`${what}: ${known.join(', ')}`)
  }
  function stays(what: string, time: number | null): void {
    if (time === null) return
    const before = begun.get(what) ?? time
    begun.set(what, time)
    if (before !== time) found.add(`${what} moved`)
  }

  return {
    experiment: (page) => {
      inOrder('launch and end of the experiment', [page.launchedAt, page.endedAt])
      stays('launch', page.launchedAt)
    },
    run: (page) => {
      const name = `${page.arm.id} ${page.seed}`
      inOrder(`${name} from its plan to its end`, [page.createdAt, page.startedAt, page.endedAt])
      inOrder(
        `attempts of ${name}`,
        page.attempts.flatMap(({ startedAt, endedAt }) => [startedAt, endedAt]),
      )
      inOrder(
        `log of ${name}`,
        page.log.map(({ at }) => at),
      )
      stays(`start of ${name}`, page.startedAt)
    },
    backward: () => [...found],
  }
}

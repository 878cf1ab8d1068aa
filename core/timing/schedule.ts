/** A job of the queue that has not begun. */
export interface WaitingJob {
  id: string
  durationMs: number
  /** Jobs that must have ended first; those that are not in the queue have. */
  after: readonly string[]
  /** Needs every core idle, and holds back all that stands behind it: a measurement of latency. */
  alone: boolean
}

/** A job under way on one of the cores. */
export interface RunningJob {
  id: string
  leftMs: number
  alone: boolean
}

export interface PlannedTime {
  /** null: it needs all cores. */
  core: number | null
  startMs: number
  endMs: number
}

export interface Queue {
  /** One a core; null: it is idle. */
  cores: readonly (RunningJob | null)[]
  /** In the order in which they are claimed. */
  waiting: readonly WaitingJob[]
  /** What a core takes before its first job, when no process is up on it. */
  coldMs: number
}

/**
 * When every job begins and ends, in ms from now, when the cores take them as the server hands them out: the first that
 * may begin, in the order of the queue. A job that is `alone` is a barrier once it is the first.
 */
export function schedule({ cores, waiting, coldMs }: Queue): Map<string, PlannedTime> {
  const times = new Map<string, PlannedTime>()
  const running = cores.map((job, core) => (job === null ? null : begin(job, core, 0, job.leftMs)))
  const warm = cores.map((job) => job !== null && !job.alone)
  const ready = createReadyList(waiting, running)
  let now = 0

  function begin(job: { id: string; alone: boolean }, core: number, startMs: number, durationMs: number) {
    const endMs = startMs + durationMs
    times.set(job.id, { core: job.alone ? null : core, startMs, endMs })
    return { id: job.id, alone: job.alone, endMs }
  }

  for (;;) {
    for (;;) {
      const next = ready.first()
      const free = running.indexOf(null)
      const busy = running.some((job) => job !== null)
      if (next === undefined || free === -1 || running.some((job) => job?.alone)) break
      if (next.alone && busy) break
      ready.take()
      // What is alone wants a quiet machine: warm processes are ended, and its own are part of its time.
      if (next.alone) warm.fill(false)
      const startUp = next.alone || warm[free] ? 0 : coldMs
      running[free] = begin(next, free, now, next.durationMs + startUp)
      warm[free] = !next.alone
    }
    const ends = running.flatMap((job) => (job === null ? [] : [job.endMs]))
    if (ends.length === 0) return times
    now = Math.min(...ends)
    for (const [core, job] of running.entries()) {
      if (job === null || job.endMs > now) continue
      running[core] = null
      ready.ended(job.id)
    }
  }
}

interface ReadyList {
  first(): WaitingJob | undefined
  take(): void
  ended(id: string): void
}

/** The jobs that may begin, in the order of the queue. */
function createReadyList(
  waiting: readonly WaitingJob[],
  running: readonly ({ id: string } | null)[],
): ReadyList {
  const open = new Set([...waiting, ...running.flatMap((job) => job ?? [])].map(({ id }) => id))
  const missing = waiting.map(({ after }) => after.filter((id) => open.has(id)).length)
  const dependants = new Map<string, number[]>()
  waiting.forEach(({ after }, index) => {
    for (const id of after) {
      const known = dependants.get(id)
      if (known !== undefined) known.push(index)
      else if (open.has(id)) dependants.set(id, [index])
    }
  })
  const ready = waiting.flatMap((_, index) => (missing[index] === 0 ? [index] : []))
  const insert = (index: number): void => {
    const at = ready.findIndex((other) => other > index)
    ready.splice(at === -1 ? ready.length : at, 0, index)
  }
  return {
    first: () => waiting[ready[0] ?? -1],
    take: () => void ready.shift(),
    ended: (id) => {
      for (const index of dependants.get(id) ?? []) {
        const left = (missing[index] ?? 0) - 1
        missing[index] = left
        if (left === 0) insert(index)
      }
    },
  }
}

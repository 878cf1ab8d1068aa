import type { TimeEstimate } from '../../../core/contracts/time-estimate.ts'
import type { WorkersPage } from '../../../core/contracts/views.ts'

type Job = WorkersPage['waiting'][number]

export interface WaitingGroup {
  id: string
  /** The only job, or the first of several. */
  job: Job
  count: number
  /** How long each takes where they take much the same, else null. */
  takes: TimeEstimate | null
}

export interface WaitingGroups {
  /** In the order in which they start. */
  ready: WaitingGroup[]
  /** What cannot start before something else has ended. */
  later: WaitingGroup[]
}

/** Jobs named one by one before the rest of the same experiment is summed up. */
const NAMED = 6

/** A core that starts up takes a little more for its first job. */
const ALIKE = 1.2

/** The queue in few rows: the next jobs by name, the rest by experiment and by what it waits for. */
export function groupWaiting(waiting: readonly Job[]): WaitingGroups {
  const startable = waiting.filter((job) => job.ready)
  const named = startable.slice(0, startable.length > NAMED + 1 ? NAMED : startable.length)
  return {
    ready: [...named.map((job) => group([job])), ...summed(startable.slice(named.length))],
    later: summed(waiting.filter((job) => !job.ready)),
  }
}

function summed(jobs: readonly Job[]): WaitingGroup[] {
  const groups = new Map<string, Job[]>()
  for (const job of jobs) {
    const key = [job.experimentId, job.kind, job.waitsFor].join('\n')
    const known = groups.get(key)
    if (known) known.push(job)
    else groups.set(key, [job])
  }
  return [...groups.values()].map(group)
}

function group(jobs: readonly Job[]): WaitingGroup {
  const [job] = jobs
  if (!job) throw new RangeError('A group holds at least one job.')
  const times = jobs.map(({ takes }) => takes?.ms ?? NaN)
  const alike = Math.max(...times) <= ALIKE * Math.min(...times)
  return { id: job.jobId, job, count: jobs.length, takes: alike ? job.takes : null }
}

import type { ExperimentPage } from '../../../core/contracts/views.ts'

const doing = {
  fidelity: 'comparing with the teacher',
  profile: 'measuring latency while nothing trains here',
} as const

/** What still happens after the last training, or null while trainings are left. */
export function afterText(page: Pick<ExperimentPage, 'after' | 'runsEnded' | 'runsTotal'>): string | null {
  if (page.runsEnded < page.runsTotal) return null
  const now =
    page.after.find((job) => job.state === 'running') ?? page.after.find((job) => job.state === 'planned')
  return now === undefined ? 'finishing' : doing[now.kind]
}

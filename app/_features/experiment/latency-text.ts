import type { ExperimentPage } from '../../../core/contracts/views.ts'
import { capital } from '../../../core/text/grammar.ts'

/** Why there is no latency, or not yet, as a sentence: the same on every page. */
export function latencyText({ after, status }: Pick<ExperimentPage, 'after' | 'status'>): string {
  const profile = after.find((job) => job.kind === 'profile')
  switch (profile?.state) {
    case 'running':
      return 'Latency is being measured now, while nothing trains here.'
    case 'failed':
    case 'cancelled':
      return notMeasured(profile.reason)
    case 'planned':
      if (status === 'running') return 'Latency is measured after the last training.'
      return notMeasured(null)
    case 'done':
    case undefined:
      return notMeasured(null)
  }
}

function notMeasured(reason: string | null): string {
  if (reason === null) return 'Latency was not measured.'
  // A reason is a sentence of its own.
  return `Latency was not measured. ${capital(reason)}${/[.?!]$/.test(reason) ? '' : '.'}`
}

import { SecondaryMargins, type DataSpec, type ExperimentDraft } from '../contracts/protocol.ts'
import type { DraftProblem } from './draft-problem.ts'

/** Half a point is a difference on a test set of this size. */
const largeTest = 50_000

/** The margins of the secondary questions: those that were chosen, else the usual ones (docs/statistics.md, margins). */
export function planMargins(
  { margin, margins }: Pick<ExperimentDraft, 'margin' | 'margins'>,
  { test }: Pick<DataSpec, 'test'>,
): SecondaryMargins {
  return {
    accuracy: margins.accuracy ?? (test >= largeTest ? 0.005 : 0.01),
    nll: margins.nll ?? 0.02,
    brier: margins.brier ?? 0.01,
    gap: margins.gap ?? 0.01,
    latency: margins.latency ?? 0.05,
    teacher: margins.teacher ?? margin,
  }
}

/** Each margin that was chosen and is not a positive number. */
export function checkMargins({ margins }: ExperimentDraft): DraftProblem[] {
  return SecondaryMargins.keyof().options.flatMap((question) => {
    const chosen = margins[question]
    if (chosen === undefined || (chosen > 0 && Number.isFinite(chosen))) return []
    return [
      {
        path: `margins.${question}`,
        message: 'The margin must be more than 0: it is the smallest difference that would matter to you.',
      },
    ]
  })
}

import type { RunWithEvaluation } from '../experiments/load-experiment.ts'

/** Steps and epochs of the finished run in the middle: they differ where runs stop early. null before one has finished. */
export function trainingLength(runs: readonly RunWithEvaluation[]): {
  steps: number | null
  epochs: number | null
} {
  const byLength = runs
    .flatMap(({ status, evaluation }) => (status === 'finished' && evaluation !== null ? [evaluation] : []))
    .sort((a, b) => a.steps - b.steps)
  const middle = byLength[Math.floor((byLength.length - 1) / 2)]
  return { steps: middle?.steps ?? null, epochs: middle?.epochs ?? null }
}

import type { Continuation } from '../../core/contracts/protocol.ts'
import type { JudgedComparison } from '../../core/judging/comparison.ts'
import { judgePrimary } from '../../core/judging/judge.ts'
import type { JudgedArm, JudgeInput } from '../../core/judging/question.ts'
import { readInterval } from '../../core/judging/word.ts'
import { spendAlpha } from '../../core/statistics/tests/spend-alpha.ts'
import { corrected, type Scores, wrongWord } from './experiment-design.ts'

export const alpha = 0.05

/** Which looks are planned, and what follows a look without a word. */
export interface Plan {
  name: string
  looks: readonly number[]
  continuation: Continuation
}

/** A run whose predictions are gone. */
export interface LostRun {
  arm: number
  seed: number
}

/** Arms are named by their place in `Scores`; arm 0 is the control. */
export const armId = (arm: number): string => `arm ${arm}`

const judgedArm = (scores: Scores, arm: number, seeds: number, lost: readonly LostRun[]): JudgedArm => ({
  id: armId(arm),
  label: `Arm ${arm}`,
  seeds: (scores[arm] ?? []).slice(0, seeds).map((row, s) => {
    const seed = s + 1
    return lost.some((run) => run.arm === arm && run.seed === seed)
      ? { seed, state: 'missing' as const, why: 'lost' }
      : { seed, state: 'finished' as const, scores: row }
  }),
})

export interface FollowedExperiment {
  comparisons: JudgedComparison[]
  /** The same experiment at its end, with the scores of another question. */
  inputFor: (scores: Scores, metric: 'accuracy' | 'nll', margin: number) => JudgeInput
}

/**
 * An experiment as the server leads it: all arms up to the first look; after each look the seeds of the next one for
 * the control and for the arms that the judge leaves open, alone; then the judge again, on all runs there are.
 * @param scores accuracy, [arm][seed] → N, with at least the seeds of the last look.
 */
export const followExperiment = (
  { looks, continuation }: Plan,
  scores: Scores,
  margin: number,
  lost: readonly LostRun[] = [],
): FollowedExperiment => {
  const shares = spendAlpha(alpha, looks)
  const plannedSeeds = Array.from({ length: looks.at(-1) ?? 0 }, (_, s) => s + 1)
  const trained = scores.map(() => looks[0] ?? 0)
  let launched = 1
  const inputFor: FollowedExperiment['inputFor'] = (own, metric, ownMargin) => {
    const [control, ...arms] = trained.map((seeds, arm) => judgedArm(own, arm, seeds, lost))
    if (control === undefined) throw new RangeError('scores: there is no control')
    return {
      metric,
      // Normal scores have no bounds.
      range: 0,
      margin: ownMargin,
      alpha,
      paired: true,
      corrected,
      plannedSeeds,
      stopped: false,
      looks: looks.map((seeds, k) => ({ seeds, alpha: shares[k] ?? 0 })),
      looksTaken: launched,
      looksLaunched: launched,
      continuation,
      control,
      arms,
    }
  }
  let comparisons = judgePrimary(inputFor(scores, 'accuracy', margin))
  for (const seeds of looks.slice(1)) {
    const open = new Set(comparisons.filter((one) => one.open).map(({ arm }) => arm))
    if (open.size === 0) break
    for (const arm of trained.keys()) if (arm === 0 || open.has(armId(arm))) trained[arm] = seeds
    launched++
    comparisons = judgePrimary(inputFor(scores, 'accuracy', margin))
  }
  return { comparisons, inputFor }
}

/** Whether the word of the judge, or the size that its interval gives it, is contradicted by the truth. */
export const judgedWrong = (
  { word, simultaneous }: JudgedComparison,
  truth: number,
  margin: number,
): boolean => {
  if (word === null || simultaneous === null) return false
  const { detail } = readInterval(simultaneous, margin)
  return wrongWord({ word, detail }, truth, margin)
}

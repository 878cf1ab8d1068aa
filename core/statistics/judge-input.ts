import type { PrimaryMetricName } from './phrases.ts'

/** What is known of one seed of one arm. A diverged run carries the scores of the even guess. */
export type SeedResult =
  | { seed: number; state: 'finished' | 'diverged'; scores: Float64Array }
  | { seed: number; state: 'pending' }
  /** A person or a fault ended it before its time: the comparison was stopped early. */
  | { seed: number; state: 'stopped' }
  | { seed: number; state: 'missing'; why: string }

export interface JudgedArm {
  id: string
  label: string
  /** A planned seed that is not listed counts as pending. */
  seeds: SeedResult[]
}

export interface JudgeInput {
  metric: PrimaryMetricName
  /** Smallest difference that matters, in the metric's units (accuracy: a fraction). */
  margin: number
  alpha: number
  /** The protocol's choice, the same whatever the data. */
  paired: boolean
  /** M: the comparisons that the protocol corrects for, also where an arm ends without a word. */
  corrected: number
  plannedSeeds: number[]
  /** The experiment ended early: the reason. */
  stopped: string | null
  /** Runs are still to come: the words of all arms are read at one look, when the last run has ended. */
  underWay?: boolean
  control: JudgedArm
  arms: JudgedArm[]
}

const checkScores = (arm: JudgedArm, examples: number | null): number | null => {
  let n = examples
  for (const result of arm.seeds) {
    if (result.state !== 'finished' && result.state !== 'diverged') continue
    const { scores, seed } = result
    n ??= scores.length
    if (scores.length !== n) {
      throw new RangeError(`scores of ${arm.id}, seed ${seed}: ${scores.length} examples, others have ${n}`)
    }
    for (let i = 0; i < scores.length; i++) {
      if (!Number.isFinite(scores[i])) {
        throw new RangeError(`scores of ${arm.id}, seed ${seed}: example ${i} is ${scores[i]}`)
      }
    }
  }
  return n
}

const checkSeeds = (arm: JudgedArm, planned: ReadonlySet<number>): void => {
  const seen = new Set<number>()
  for (const { seed } of arm.seeds) {
    if (!planned.has(seed)) throw new RangeError(`seeds of ${arm.id}: seed ${seed} is not planned`)
    if (seen.has(seed)) throw new RangeError(`seeds of ${arm.id}: seed ${seed} is there twice`)
    seen.add(seed)
  }
}

/**
 * Refuses input of which no figure could be made.
 * @returns N, the test examples; 0 while no run has a result.
 * @throws RangeError that names the argument.
 */
export const checkJudgeInput = (input: JudgeInput): number => {
  const { margin, alpha, corrected, plannedSeeds, control, arms } = input
  if (!(margin > 0) || !Number.isFinite(margin))
    throw new RangeError(`margin ${margin} is not positive and finite`)
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha ${alpha} is not between 0 and 1`)
  if (!Number.isInteger(corrected) || corrected < 1)
    throw new RangeError(`corrected ${corrected} is not a positive integer`)
  if (arms.length > corrected) {
    throw new RangeError(`corrected ${corrected} is less than the ${arms.length} comparisons asked for`)
  }
  const planned = new Set(plannedSeeds)
  if (planned.size === 0) throw new RangeError('plannedSeeds is empty')
  if (planned.size !== plannedSeeds.length) throw new RangeError('plannedSeeds has a seed twice')
  let examples: number | null = null
  for (const arm of [control, ...arms]) {
    checkSeeds(arm, planned)
    examples = checkScores(arm, examples)
  }
  if (examples !== null && examples < 2)
    throw new RangeError(`scores: ${examples} examples, at least 2 are needed`)
  return examples ?? 0
}

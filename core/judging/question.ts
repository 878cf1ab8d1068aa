import type { Continuation, Look } from '../contracts/protocol.ts'
import type { ComparisonFamily, ComparisonMetric, SpokenMetric } from '../contracts/verdict.ts'
import type { NoWord, WhyDamaged, WhyMissing } from './no-word.ts'
import { rangeOf } from './range-of.ts'

/** What is known of one seed of one arm. A diverged run carries the scores of the even guess. */
export type SeedResult =
  | {
      seed: number
      state: 'finished' | 'diverged'
      scores: Float64Array
      /** Names what the network answered, as a hash does: equal only where two networks answer alike. */
      answers?: string
    }
  | { seed: number; state: 'pending' }
  /** A person or a fault ended it before its time: the comparison was stopped early. */
  | { seed: number; state: 'stopped' }
  | { seed: number; state: 'missing'; why: WhyMissing }
  /** It ended well and its predictions were lost since: leaving it out would be choosing seeds. */
  | { seed: number; state: 'damaged'; why: WhyDamaged }

export interface JudgedArm {
  id: string
  label: string
  /** A planned seed that is not listed counts as pending. */
  seeds: SeedResult[]
  /** Where this arm was given other seeds by design (unpaired); else those of the experiment. */
  plannedSeeds?: number[]
}

/** Where a secondary question is read: at the look of the primary one, and with a word only where that has one. */
export interface ReadAt {
  look: number
  withheld: NoWord | null
}

export interface JudgeInput<Metric extends SpokenMetric = ComparisonMetric> {
  /** Left out: the primary question. */
  family?: ComparisonFamily
  metric: Metric
  /** R, within which the scores of one example lie; 0: no bounds. Left out: that of the metric. */
  range?: number
  /** Smallest difference that matters, in the metric's units (accuracy: a fraction). */
  margin: number
  /** Of the whole family, over all looks. */
  alpha: number
  /** The protocol's choice, the same whatever the data. */
  paired: boolean
  /** M: the comparisons that the protocol corrects for, also where an arm ends without a word. */
  corrected: number
  plannedSeeds: number[]
  /** Somebody ended the experiment before its end. */
  stopped: boolean
  /** Rising; left out: one look at all planned seeds, with all of alpha. */
  looks?: Look[]
  /** Looks whose runs have all ended: words are read at these alone. Left out: all that were launched. */
  looksTaken?: number
  /** Looks whose seeds have been started. Left out: all. */
  looksLaunched?: number
  continuation?: Continuation
  /** By arm; left out: the primary question, which is read at every look until its word is decided. */
  readAt?: ReadonlyMap<string, ReadAt>
  /** [N]: examples of one group (a patient, a document) are one observation. Left out: each stands for itself. */
  groups?: ArrayLike<number>
  control: JudgedArm
  arms: JudgedArm[]
}

export const rangeOfInput = ({ range, metric }: Pick<JudgeInput<SpokenMetric>, 'range' | 'metric'>): number =>
  range ?? rangeOf(metric)

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

const checkLooks = ({ looks, plannedSeeds, alpha }: JudgeInput<SpokenMetric>): void => {
  if (looks === undefined) return
  looks.forEach(({ seeds, alpha: share }, k) => {
    if (!Number.isInteger(seeds) || seeds <= (looks[k - 1]?.seeds ?? 0))
      throw new RangeError(`looks: ${looks.map((look) => look.seeds).join(', ')} seeds do not rise`)
    if (!(share > 0)) throw new RangeError(`looks: look ${k + 1} spends an alpha of ${share}`)
  })
  if (looks.at(-1)?.seeds !== plannedSeeds.length)
    throw new RangeError(`looks: the last takes ${looks.at(-1)?.seeds} of ${plannedSeeds.length} seeds`)
  const spent = looks.reduce((sum, look) => sum + look.alpha, 0)
  if (spent > alpha * (1 + 1e-9)) throw new RangeError(`looks spend ${spent} of an alpha of ${alpha}`)
}

const checkGroups = (groups: ArrayLike<number>, examples: number): void => {
  if (groups.length !== examples) throw new RangeError(`groups: ${groups.length} for ${examples} examples`)
  for (let i = 0; i < groups.length; i++) {
    if (!Number.isFinite(groups[i])) throw new RangeError(`groups: example ${i} is ${groups[i]}`)
  }
  if (new Set(Array.from(groups)).size < 2) throw new RangeError('groups: at least 2 are needed')
}

/**
 * Refuses input of which no figure could be made.
 * @returns N, the test examples; 0 while no run has a result.
 * @throws RangeError that names the argument.
 */
export const checkJudgeInput = (input: JudgeInput<SpokenMetric>): number => {
  const { margin, alpha, corrected, plannedSeeds, control, arms } = input
  if (!(margin > 0) || !Number.isFinite(margin))
    throw new RangeError(`margin ${margin} is not positive and finite`)
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha ${alpha} is not between 0 and 1`)
  if (!Number.isInteger(corrected) || corrected < 1)
    throw new RangeError(`corrected ${corrected} is not a positive integer`)
  if (arms.length > 100) throw new RangeError(`arms: ${arms.length}, at most 100 can be judged together`)
  if (arms.length > corrected) {
    throw new RangeError(`corrected ${corrected} is less than the ${arms.length} comparisons asked for`)
  }
  const planned = new Set(plannedSeeds)
  if (planned.size === 0) throw new RangeError('plannedSeeds is empty')
  if (planned.size !== plannedSeeds.length) throw new RangeError('plannedSeeds has a seed twice')
  checkLooks(input)
  let examples: number | null = null
  for (const arm of [control, ...arms]) {
    checkSeeds(arm, new Set(arm.plannedSeeds ?? planned))
    examples = checkScores(arm, examples)
  }
  if (examples !== null && examples < 2)
    throw new RangeError(`scores: ${examples} examples, at least 2 are needed`)
  if (input.groups !== undefined && examples !== null) checkGroups(input.groups, examples)
  return examples ?? 0
}

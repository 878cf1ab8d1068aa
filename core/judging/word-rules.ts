import type { NoWord } from './no-word.ts'
import type { JudgeInput } from './question.ts'
import type { SeedTally } from './seed-tally.ts'

/** More than this share of the planned seeds missing: no verdict. */
export const missingShare = 0.2

/** Fewer seeds give figures and no word. */
export const fewestForWord = 3

/** Fewer test examples, or groups of them, cannot stand for more of their kind. */
export const fewestUnits = 10

/** Pairs need a seed in both arms, so the seeds that either lacks are counted together; unpaired, each arm's own. */
const seedsMissing = ({ arm, control, planned, paired }: WordRules): NoWord | null => {
  const lacking = (of: 'arm' | 'control' | 'either', missing: SeedTally['missing']): NoWord | null => {
    const seeds = new Set(missing.map(({ seed }) => seed)).size
    if (seeds <= missingShare * planned) return null
    return { why: 'seeds-missing', of, seeds, planned, causes: [...new Set(missing.map(({ why }) => why))] }
  }
  const own = lacking('arm', arm.missing)
  const ofControl = lacking('control', control.missing)
  if (!paired) return own ?? ofControl
  const both = [...arm.missing, ...control.missing]
  const either = new Set(both.map(({ seed }) => seed)).size
  // Where one arm lacks all of them, it is the one named.
  if (either === arm.missing.length) return own
  if (either === control.missing.length) return ofControl
  return lacking('either', both)
}

/** What the rules look at in one comparison. */
export interface WordRules extends Pick<JudgeInput, 'stopped' | 'paired'> {
  /** Seeds an arm of this look. */
  planned: number
  /** Not every run of the look has ended yet. */
  underWay: boolean
  arm: SeedTally
  control: SeedTally
  /** Seeds that enter the figures. */
  armSeeds: number
  controlSeeds: number
  /** Test examples, or groups of them. */
  units: number
  grouped: boolean
}

/** A person or a fault ended this comparison before its time: a seed of it was stopped, or will never start. */
export const wasStopped = ({
  stopped,
  arm,
  control,
}: Pick<WordRules, 'stopped' | 'arm' | 'control'>): boolean =>
  arm.stopped || control.stopped || (stopped && (arm.pending.length > 0 || control.pending.length > 0))

/** Every run of a control that diverged has learnt nothing that an arm could be better at. */
const learntNothing = ({ scores, diverged }: SeedTally): boolean =>
  scores.size > 0 && diverged.length === scores.size

/**
 * Why a comparison has no word, or null where its interval decides. A word is read once, at the planned seeds; it
 * depends on nothing seen on the way.
 */
export const noWordOf = (rules: WordRules): NoWord | null => {
  const { planned, arm, control, armSeeds, controlSeeds, units, grouped } = rules
  const seeds = Math.min(armSeeds, controlSeeds)
  if (wasStopped(rules)) {
    return seeds < planned
      ? { why: 'stopped', seeds, planned }
      : { why: 'ended-early', by: rules.stopped ? 'experiment' : 'run' }
  }
  if (arm.pending.length > 0 || control.pending.length > 0) return { why: 'pending', seeds, planned }
  // Whoever ends an experiment cannot undo a comparison that had all its seeds.
  if (rules.underWay && !rules.stopped) return { why: 'under-way', seeds, planned }
  // What was seen is known to somebody: a seed that is lost afterwards is never just left out.
  if (arm.damaged.length > 0 || control.damaged.length > 0)
    return { why: 'damaged', arm: arm.damaged, control: control.damaged }
  const missing = seedsMissing(rules)
  if (missing !== null) return missing
  if (learntNothing(control)) return { why: 'control-diverged' }
  if (seeds === 0 || seeds === 1 || seeds === 2) return { why: 'too-few-seeds', seeds }
  return units < fewestUnits ? { why: 'too-few-examples', units, grouped } : null
}

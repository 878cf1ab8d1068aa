import type { JudgedArm, JudgeInput } from './question.ts'
import { counted, joinAnd, seedList, withinSentence } from '../wording/phrases.ts'

interface LostSeed {
  seed: number
  why: string
}

/** The seeds of an arm by what became of them, in the order of the plan. */
export interface SeedTally {
  scores: Map<number, Float64Array>
  /** What the networks of these seeds answered, where it is known. */
  answers: Map<number, string>
  diverged: number[]
  pending: number[]
  missing: LostSeed[]
  damaged: LostSeed[]
  /** Some seed was stopped before its time. */
  stopped: boolean
}

export const emptyTally = (): SeedTally => ({
  scores: new Map(),
  answers: new Map(),
  diverged: [],
  pending: [],
  missing: [],
  damaged: [],
  stopped: false,
})

export const tallySeeds = (arm: JudgedArm, plannedSeeds: readonly number[]): SeedTally => {
  const bySeed = new Map(arm.seeds.map((result) => [result.seed, result]))
  const tally = emptyTally()
  for (const seed of arm.plannedSeeds ?? plannedSeeds) {
    const result = bySeed.get(seed) ?? { seed, state: 'pending' as const }
    switch (result.state) {
      case 'pending':
        tally.pending.push(seed)
        break
      case 'stopped':
        tally.stopped = true
        break
      case 'missing':
      case 'damaged':
        tally[result.state].push({ seed, why: result.why })
        break
      case 'finished':
      case 'diverged':
        tally.scores.set(seed, result.scores)
        if (result.answers !== undefined) tally.answers.set(seed, result.answers)
        if (result.state === 'diverged') tally.diverged.push(seed)
    }
  }
  return tally
}

/** More than this share of the planned seeds missing: no verdict. */
export const missingShare = 0.2

/** Fewer seeds give figures and no word. */
export const fewestForWord = 3

/** Fewer test examples, or groups of them, cannot stand for more of their kind. */
export const fewestUnits = 10

const missingText = (
  missing: readonly LostSeed[],
  planned: number,
  say: { of?: string; in?: string } = {},
): string | null => {
  const seeds = new Set(missing.map(({ seed }) => seed)).size
  if (seeds <= missingShare * planned) return null
  const whys = [...new Set(missing.map(({ why }) => why))]
  return `${seeds} of ${counted(planned, 'planned seed')}${say.of ?? ''} ${seeds === 1 ? 'is' : 'are'} missing${say.in ?? ''} (${whys.join(', ')})`
}

/** Pairs need a seed in both arms, so the seeds that either lacks are counted together; unpaired, each arm's own. */
const missingReason = (
  arm: SeedTally,
  control: SeedTally,
  planned: number,
  paired: boolean,
  controlName: string,
): string | null => {
  const own = missingText(arm.missing, planned)
  const ofControl = missingText(control.missing, planned, { of: ` of ${controlName}` })
  if (!paired) return own ?? ofControl
  const both = [...arm.missing, ...control.missing]
  const either = new Set(both.map(({ seed }) => seed)).size
  // Where one arm lacks all of them, it is the one named.
  if (either === arm.missing.length) return own
  if (either === control.missing.length) return ofControl
  return missingText(both, planned, { in: ` in the arm or ${controlName}` })
}

/** What was seen is known to somebody: a seed that is lost afterwards is never just left out. */
const damagedReason = (arm: SeedTally, control: SeedTally, controlName: string): string | null => {
  const listed = (lost: readonly LostSeed[], why: string): string => {
    const own = lost.filter((one) => one.why === why).map(({ seed }) => seed)
    return own.length === 0 ? '' : seedList(own)
  }
  const whys = new Set([...arm.damaged, ...control.damaged].map(({ why }) => why))
  const all = [...whys].map((why) => {
    const [own, other] = [listed(arm.damaged, why), listed(control.damaged, why)]
    if (own === other) return `${own}, here and of ${controlName}: ${why}`
    const seeds = [own, other === '' ? '' : `${other} of ${controlName}`].filter((text) => text !== '')
    return `${joinAnd(seeds)}: ${why}`
  })
  return all.length === 0 ? null : all.join('; ')
}

export interface NoWord {
  reason: string
  provisional: boolean
}

/** What the rules look at in one comparison. */
export interface WordRules extends Pick<JudgeInput, 'stopped' | 'paired' | 'controlName'> {
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
  arm.stopped ||
  control.stopped ||
  (stopped !== null && (arm.pending.length > 0 || control.pending.length > 0))

/** Every run of a control that diverged has learnt nothing that an arm could be better at. */
const learntNothing = ({ scores, diverged }: SeedTally): boolean =>
  scores.size > 0 && diverged.length === scores.size

/**
 * Why a comparison has no word, or null where its interval decides. A word is read once, at the planned seeds; it
 * depends on nothing seen on the way.
 */
export const noWordOf = (rules: WordRules): NoWord | null => {
  const { planned, arm, control, armSeeds, controlSeeds, units } = rules
  const seeds = Math.min(armSeeds, controlSeeds)
  const final = (reason: string): NoWord => ({ reason, provisional: false })
  const pending = arm.pending.length > 0 || control.pending.length > 0
  if (wasStopped(rules)) {
    return final(
      seeds < planned
        ? `stopped at ${seeds} of ${counted(planned, 'planned seed')}`
        : `the experiment was stopped early (${rules.stopped ?? 'a run was cancelled'})`,
    )
  }
  if (pending) return { reason: `provisional, ${seeds} of ${counted(planned, 'seed')}`, provisional: true }
  // Whoever ends an experiment cannot undo a comparison that had all its seeds.
  if (rules.underWay && rules.stopped === null) {
    return {
      reason: `provisional, ${seeds} of ${counted(planned, 'seed')}; words are read when every arm has ended`,
      provisional: true,
    }
  }
  const controlName = rules.controlName == null ? 'the control' : withinSentence(rules.controlName)
  const reason =
    damagedReason(arm, control, controlName) ??
    missingReason(arm, control, planned, rules.paired, controlName)
  if (reason !== null) return final(reason)
  if (learntNothing(control))
    return final(`every run of ${controlName} diverged: nothing was learnt, so nothing can be compared`)
  if (seeds === 0) return final('no seed has a result in both arms')
  if (seeds === 1) return final('one seed compares two trained networks only, not the method')
  if (seeds === 2) return final('2 seeds cannot decide')
  if (units < fewestUnits) {
    const what = rules.grouped
      ? counted(units, 'group of test examples', 'groups of test examples')
      : counted(units, 'test example')
    return final(`${what} cannot stand for more`)
  }
  return null
}

/** Networks that answer alike, as far as is known. */
export interface Alike {
  known: 'predictions' | 'scores'
  /** Test examples, or groups of them. */
  units: number
  grouped: boolean
  /** Right or wrong: what would have had to differ to be seen can be said. */
  rightOrWrong: boolean
}

const alikeText = ({ known, units, grouped, rightOrWrong }: Alike): string => {
  const what = known === 'predictions' ? 'identical predictions' : 'equal scores'
  const on = `${what} on ${counted(units, grouped ? 'group' : 'example')}`
  return rightOrWrong && units >= fewestUnits
    ? `${on}, where a difference of 3/${units} would not have shown`
    : on
}

/** Remarks that stand beside a comparison, or null. */
export const noteText = (remarks: {
  alike: Alike | null
  floored: boolean
  diverged: readonly number[]
  controlDiverged: readonly number[]
  controlName: string
  /** No further seeds were run: the test set is too small for the margin. */
  givenUp: boolean
  dropped: readonly LostSeed[]
}): string | null => {
  const notes: string[] = []
  if (remarks.alike !== null) notes.push(alikeText(remarks.alike))
  if (remarks.floored) notes.push('seed spread floored')
  if (remarks.givenUp) notes.push('not decidable with this test set')
  if (remarks.diverged.length > 0) notes.push(`diverged: ${seedList(remarks.diverged)}`)
  if (remarks.controlDiverged.length > 0)
    notes.push(`${remarks.controlName} diverged: ${seedList(remarks.controlDiverged)}`)
  if (remarks.dropped.length > 0) {
    const whys = new Set(remarks.dropped.map(({ why }) => why))
    const without = [...whys].map((why) => {
      const seeds = remarks.dropped.filter((one) => one.why === why).map(({ seed }) => seed)
      return `${seedList(seeds)} (${why})`
    })
    notes.push(`without ${joinAnd(without)}`)
  }
  return notes.length === 0 ? null : notes.join('; ')
}

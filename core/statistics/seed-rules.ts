import type { JudgedArm, JudgeInput } from './judge-input.ts'
import { joinAnd, seedList, withinSentence } from './phrases.ts'

/** The seeds of an arm by what became of them, in the order of the plan. */
export interface SeedTally {
  scores: Map<number, Float64Array>
  diverged: number[]
  pending: number[]
  missing: { seed: number; why: string }[]
  /** Some seed was stopped before its time. */
  stopped: boolean
}

export const tallySeeds = (arm: JudgedArm, plannedSeeds: readonly number[]): SeedTally => {
  const bySeed = new Map(arm.seeds.map((result) => [result.seed, result]))
  const tally: SeedTally = { scores: new Map(), diverged: [], pending: [], missing: [], stopped: false }
  for (const seed of arm.plannedSeeds ?? plannedSeeds) {
    const result = bySeed.get(seed)
    if (result === undefined || result.state === 'pending') tally.pending.push(seed)
    else if (result.state === 'stopped') tally.stopped = true
    else if (result.state === 'missing') tally.missing.push({ seed, why: result.why })
    else {
      tally.scores.set(seed, result.scores)
      if (result.state === 'diverged') tally.diverged.push(seed)
    }
  }
  return tally
}

/** More than this share of the planned seeds missing: no verdict. */
export const missingShare = 0.2

type Missing = SeedTally['missing']

const missingText = (
  missing: Missing,
  planned: number,
  say: { of?: string; in?: string } = {},
): string | null => {
  const seeds = new Set(missing.map(({ seed }) => seed)).size
  if (seeds <= missingShare * planned) return null
  const whys = [...new Set(missing.map(({ why }) => why))]
  return `${seeds} of ${planned} planned seeds${say.of ?? ''} are missing${say.in ?? ''} (${whys.join(', ')})`
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

export interface NoWord {
  reason: string
  provisional: boolean
}

/**
 * Why a comparison has no word, or null where its interval decides. A word is read once, at the planned seeds; it
 * depends on nothing seen on the way.
 * @param armSeeds and controlSeeds: seeds that enter the figures.
 */
export const noWordReason = (
  input: Pick<JudgeInput, 'plannedSeeds' | 'stopped' | 'paired' | 'controlName'> & { underWay: boolean },
  arm: SeedTally,
  control: SeedTally,
  armSeeds: number,
  controlSeeds: number,
  stoppedEarly: boolean,
): NoWord | null => {
  const planned = input.plannedSeeds.length
  const seeds = Math.min(armSeeds, controlSeeds)
  const final = (reason: string): NoWord => ({ reason, provisional: false })
  if (stoppedEarly) {
    return final(
      seeds < planned
        ? `stopped at ${seeds} of ${planned} planned seeds`
        : `the experiment was stopped early (${input.stopped ?? 'a run was cancelled'})`,
    )
  }
  if (arm.pending.length > 0 || control.pending.length > 0) {
    return { reason: `provisional, ${seeds} of ${planned} seeds`, provisional: true }
  }
  if (input.underWay) {
    return {
      reason: `provisional, ${seeds} of ${planned} seeds; words are read when every arm has ended`,
      provisional: true,
    }
  }
  const controlName = input.controlName == null ? 'the control' : withinSentence(input.controlName)
  const missing = missingReason(arm, control, planned, input.paired, controlName)
  if (missing !== null) return final(missing)
  if (seeds === 0) return final('no seed has a result in both arms')
  if (seeds === 1) return final('one seed compares two trained networks only, not the method')
  if (seeds === 2) return final('2 seeds cannot decide')
  return null
}

/** Remarks that stand beside a comparison, or null. */
export const noteText = (remarks: {
  identical: boolean
  floored: boolean
  diverged: readonly number[]
  controlDiverged: readonly number[]
  controlName: string
  /** No further seeds were run: the test set is too small for the margin. */
  givenUp: boolean
  dropped: readonly { seed: number; why: string }[]
}): string | null => {
  const notes: string[] = []
  if (remarks.identical) notes.push('identical predictions')
  if (remarks.floored) notes.push('seed spread floored')
  if (remarks.givenUp) notes.push('not decidable with this test set')
  if (remarks.diverged.length > 0) notes.push(`diverged: ${seedList(remarks.diverged)}`)
  if (remarks.controlDiverged.length > 0)
    notes.push(`${remarks.controlName} diverged: ${seedList(remarks.controlDiverged)}`)
  if (remarks.dropped.length > 0) {
    notes.push(`without ${joinAnd(remarks.dropped.map(({ seed, why }) => `seed ${seed} (${why})`))}`)
  }
  return notes.length === 0 ? null : notes.join('; ')
}

import type { LostSeed, WhyDamaged, WhyMissing } from './no-word.ts'
import type { JudgedArm } from './question.ts'

/** The seeds of an arm by what became of them, in the order of the plan. */
export interface SeedTally {
  scores: Map<number, Float64Array>
  /** What the networks of these seeds answered, where it is known. */
  answers: Map<number, string>
  diverged: number[]
  pending: number[]
  missing: LostSeed<WhyMissing>[]
  damaged: LostSeed<WhyDamaged>[]
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
        tally.missing.push({ seed, why: result.why })
        break
      case 'damaged':
        tally.damaged.push({ seed, why: result.why })
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

import type { SpokenMetric } from '../contracts/verdict.ts'
import type { Interval } from '../mathematics/interval.ts'
import { firstLiveSeeds, liveBand } from '../statistics/tests/live-band.ts'
import { withoutSpread } from '../statistics/variance/variance-parts.ts'
import type { JudgedComparison } from './comparison.ts'
import { type FiguresAtLook, figuresAtLook } from './figures-at-look.ts'
import type { LookState } from './looks.ts'
import { isProvisional, type NoWord } from './no-word.ts'
import type { DroppedSeed, Note } from './note.ts'
import { type JudgedArm, type JudgeInput, rangeOfInput } from './question.ts'
import type { SeedTally } from './seed-tally.ts'
import { sensitivityOf } from './sensitivity.ts'
import { type Reading, readInterval, wordOf } from './word.ts'
import { noWordOf, wasStopped } from './word-rules.ts'

interface ArmAtLook {
  judged: JudgedArm
  arm: SeedTally
  control: SeedTally
  examples: number
  /** Why there is no word here, whatever the figures say. */
  withheld: NoWord | null
}

const outcomeAtLook = (
  input: JudgeInput<SpokenMetric>,
  look: LookState,
  { arm, control, withheld }: ArmAtLook,
  { rows, units, found }: FiguresAtLook,
): { reading: Reading; noWord: null } | { reading: null; noWord: NoWord } => {
  const none = (noWord: NoWord): { reading: null; noWord: NoWord } => ({ reading: null, noWord })
  const noWord =
    noWordOf({
      stopped: input.stopped,
      paired: input.paired,
      planned: look.seeds.length,
      underWay: !look.taken,
      arm,
      control,
      armSeeds: rows.seeds.length,
      controlSeeds: rows.controlSeeds.length,
      units,
      grouped: input.groups !== undefined,
    }) ?? withheld
  if (noWord !== null) return none(noWord)
  if (found === null) return none({ why: 'too-few-seeds', seeds: 0 })
  if (found.parts.estimate !== 0 && withoutSpread(found.parts)) return none({ why: 'no-spread' })
  return { reading: readInterval(found.simultaneous, input.margin), noWord: null }
}

/** What both lack is dropped once, as the arm's. */
const droppedSeeds = (arm: SeedTally, control: SeedTally, paired: boolean): DroppedSeed[] => {
  const lost = (tally: SeedTally, of: DroppedSeed['of']): DroppedSeed[] =>
    [...tally.missing, ...tally.damaged].map((one) => ({ ...one, of }))
  const own = lost(arm, 'arm')
  const seeds = new Set(own.map(({ seed }) => seed))
  return [...own, ...lost(control, 'control').filter(({ seed }) => !paired || !seeds.has(seed))]
}

const ascending = (seeds: readonly number[]): number[] => [...new Set(seeds)].sort((a, b) => a - b)

const liveBandOf = (
  input: JudgeInput<SpokenMetric>,
  noWord: NoWord | null,
  figures: FiguresAtLook,
): Interval | null => {
  const { rows, found } = figures
  if (!isProvisional(noWord) || found === null || found.parts.seedVariance === null) return null
  const fewest = Math.min(rows.arm.length, rows.control.length)
  const parts = { ...found.parts, seedVariance: found.parts.seedVariance }
  return liveBand(parts, fewest, input.alpha / input.corrected)
}

/** One comparison as it stands at one look. */
export const compareAtLook = <Metric extends SpokenMetric>(
  input: JudgeInput<Metric>,
  look: LookState,
  own: ArmAtLook,
): JudgedComparison<Metric> => {
  const { metric, margin, paired, corrected, groups } = input
  const { arm, control } = own
  const figures = figuresAtLook(input, look, own)
  const { rows, alike, found } = figures
  const { reading, noWord } = outcomeAtLook(input, look, own, figures)
  const word = reading === null ? null : wordOf(metric, reading.word)
  const undecidable = word === 'inconclusive' && found !== null && found.planning.testSetFactor !== null
  const givenUp = undecidable && input.continuation === 'until-decided'
  const settled = word !== null && word !== 'inconclusive'
  // A damaged seed was seen: whether the arm goes on is read when it is mended, at this look.
  const damaged = arm.damaged.length > 0 || control.damaged.length > 0
  const stopped = wasStopped({ stopped: input.stopped, arm, control })
  const moreLooks = look.index + 1 < look.of && !stopped && look.taken && !damaged
  const diverged = arm.diverged.filter((seed) => rows.seeds.includes(seed))
  const controlDiverged = control.diverged.filter((seed) => rows.controlSeeds.includes(seed))
  const dropped = droppedSeeds(arm, control, paired)
  const notes: Note[] = []
  if (alike !== null) notes.push({ kind: 'alike', ...alike })
  if (found?.parts.floored === true) notes.push({ kind: 'spread-floored' })
  if (givenUp) notes.push({ kind: 'given-up' })
  if (diverged.length > 0) notes.push({ kind: 'diverged', seeds: diverged })
  if (controlDiverged.length > 0) notes.push({ kind: 'control-diverged', seeds: controlDiverged })
  if (dropped.length > 0) notes.push({ kind: 'dropped', seeds: dropped })
  return {
    arm: own.judged.id,
    against: input.control.id,
    family: input.family ?? 'primary',
    metric,
    margin,
    corrected,
    paired,
    estimate: found?.parts.estimate ?? null,
    seedVariance: found?.parts.seedVariance ?? null,
    exampleVariance: found?.parts.exampleVariance ?? null,
    degreesOfFreedom: found?.parts.degreesOfFreedom ?? null,
    exampleDegreesOfFreedom: found?.parts.exampleDegreesOfFreedom ?? null,
    individual: found?.individual ?? null,
    simultaneous: found?.simultaneous ?? null,
    word,
    reading,
    noWord,
    provisional: isProvisional(noWord),
    notes,
    seeds: rows.seeds.length,
    controlSeeds: rows.controlSeeds.length,
    plannedSeeds: look.seeds.length,
    examples: own.examples,
    groups: groups === undefined ? null : new Set(Array.from(groups)).size,
    look: { index: look.index, of: look.of, seeds: look.seeds.length, alpha: look.alpha },
    open: moreLooks && !settled && !givenUp,
    undecidable,
    perSeed: rows.seeds.map((seed, s) => ({ seed, difference: found?.parts.perSeed[s] ?? 0 })),
    droppedSeeds: ascending(dropped.map(({ seed }) => seed)),
    divergedSeeds: ascending([...diverged, ...controlDiverged]),
    ...(found === null
      ? {}
      : {
          planning: found.planning,
          sensitivity: {
            holm: null,
            ...sensitivityOf({
              rows,
              ...found,
              paired,
              range: rangeOfInput(input),
              alpha: look.alpha,
              alphaShare: look.alpha / input.alpha,
              corrected,
              margin,
              metric,
              word,
            }),
          },
        }),
    liveBand: liveBandOf(input, noWord, figures),
    liveFrom: firstLiveSeeds(input.alpha / corrected),
  }
}

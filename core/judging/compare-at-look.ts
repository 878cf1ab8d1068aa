import type { ComparisonDetail } from '../contracts/verdict.ts'
import type { Planning } from '../statistics/planning/planning.ts'
import type { Interval } from '../mathematics/interval.ts'
import { type ComparedRows, groupRows } from '../statistics/variance/compared-rows.ts'
import { alikeRows } from './picked-rows.ts'
import { pickRows } from './picked-rows.ts'
import { estimateParts } from '../statistics/variance/estimate-parts.ts'
import { intervals } from '../statistics/variance/interval.ts'
import { type JudgedArm, type JudgeInput, rangeOfInput, type ReadAt } from './question.ts'
import { firstLiveSeeds, liveBand } from '../statistics/tests/live-band.ts'
import { withinSentence } from '../wording/phrases.ts'
import { planningOf } from '../statistics/planning/planning.ts'
import { qualifierText } from '../wording/qualifier.ts'
import {
  type Alike,
  type NoWord,
  noteText,
  noWordOf,
  type SeedTally,
  wasStopped,
  type WordRules,
} from './seed-rules.ts'
import { sensitivityOf } from './sensitivity.ts'
import { comparisonSentence, type SentenceInput } from '../wording/sentence.ts'
import { type VarianceParts, withoutSpread } from '../statistics/variance/variance-parts.ts'
import { readInterval, wordOf } from './word.ts'

/** A look of the family, with the planned seeds that it takes. */
export interface LookState {
  index: number
  of: number
  seeds: number[]
  alpha: number
  /** Of the protocol's last look: what further seeds are planned with. */
  lastAlpha: number
  taken: boolean
}

const droppedSeeds = (
  arm: SeedTally,
  control: SeedTally,
  paired: boolean,
  controlName: string,
): { seed: number; why: string }[] => {
  const lost = (tally: SeedTally): { seed: number; why: string }[] => [...tally.missing, ...tally.damaged]
  const ofControl = lost(control).map(({ seed, why }) => ({ seed, why: `${controlName}: ${why}` }))
  if (!paired) return [...lost(arm), ...ofControl]
  const own = new Set(lost(arm).map(({ seed }) => seed))
  return [...lost(arm), ...ofControl.filter(({ seed }) => !own.has(seed))]
}

type Outcome = SentenceInput['outcome']

const decideOutcome = (
  noWord: NoWord | null,
  figures: { parts: VarianceParts; simultaneous: Interval } | null,
  margin: number,
): Outcome => {
  if (noWord !== null)
    return { state: noWord.provisional ? 'provisional' : 'no-verdict', reason: noWord.reason }
  if (figures === null) return { state: 'no-verdict', reason: 'no seed has a result in both arms' }
  if (figures.parts.estimate !== 0 && withoutSpread(figures.parts)) {
    return { state: 'no-verdict', reason: 'every difference is the same number, so chance cannot be judged' }
  }
  return { state: 'decided', reading: readInterval(figures.simultaneous, margin) }
}

interface ArmAtLook {
  judged: JudgedArm
  arm: SeedTally
  control: SeedTally
  examples: number
  withheld: ReadAt['withheld']
}

/** The figures of one comparison and what is decided by them, before anything is said of it. */
interface Standing {
  rows: ComparedRows
  alike: Alike | null
  stopped: boolean
  parts: VarianceParts | null
  both: { individual: Interval; simultaneous: Interval } | null
  outcome: Outcome
  planning: Planning | null
}

const standAtLook = (
  input: JudgeInput,
  look: LookState,
  { arm, control, examples, withheld }: ArmAtLook,
): Standing => {
  const { paired, corrected, margin, groups } = input
  const range = rangeOfInput(input)
  const original = pickRows(arm, control, paired)
  const rows =
    groups === undefined
      ? original
      : { ...original, arm: groupRows(original.arm, groups), control: groupRows(original.control, groups) }
  const parts = estimateParts(rows, paired, range)
  const both = parts === null ? null : intervals(parts, look.alpha, corrected)
  const units = parts === null ? examples : parts.exampleDegreesOfFreedom + 1
  const rules: WordRules = {
    stopped: input.stopped,
    paired,
    controlName: input.controlName ?? null,
    planned: look.seeds.length,
    underWay: !look.taken,
    arm,
    control,
    armSeeds: rows.seeds.length,
    controlSeeds: rows.controlSeeds.length,
    units,
    grouped: groups !== undefined,
  }
  const figures = parts === null || both === null ? null : { parts, simultaneous: both.simultaneous }
  const planning =
    parts === null
      ? null
      : planningOf({
          rows,
          parts,
          paired,
          margin,
          range,
          alpha: look.alpha / corrected,
          plannedAlpha: look.lastAlpha / corrected,
        })
  return {
    rows,
    alike: alikeRows(original, { arm, control }, { units, grouped: groups !== undefined }),
    stopped: wasStopped(rules),
    parts,
    both,
    outcome: decideOutcome(noWordOf(rules) ?? withheld, figures, margin),
    planning,
  }
}

interface Remarks {
  diverged: number[]
  controlDiverged: number[]
  dropped: { seed: number; why: string }[]
}

const remarksOn = (input: JudgeInput, { rows }: Standing, { arm, control }: ArmAtLook): Remarks => {
  const entered = (tally: SeedTally, seeds: readonly number[]): number[] =>
    tally.diverged.filter((seed) => seeds.includes(seed))
  return {
    diverged: entered(arm, rows.seeds),
    controlDiverged: entered(control, rows.controlSeeds),
    dropped: droppedSeeds(arm, control, input.paired, input.controlName ?? 'control'),
  }
}

const sentenceOf = (
  input: JudgeInput,
  look: LookState,
  { judged, examples }: ArmAtLook,
  { rows, parts, both, outcome }: Standing,
  { diverged, controlDiverged }: Remarks,
): string => {
  const { metric, margin, corrected, groups } = input
  return comparisonSentence({
    label: judged.label,
    against: input.controlName == null ? null : withinSentence(input.controlName),
    metric,
    margin,
    alpha: look.alpha,
    corrected,
    seeds: rows.seeds.length,
    controlSeeds: rows.controlSeeds.length,
    examples,
    groups: groups === undefined ? null : new Set(Array.from(groups)).size,
    look,
    figures:
      parts === null || both === null
        ? null
        : {
            estimate: parts.estimate,
            simultaneous: both.simultaneous,
            examplesOnly: parts.seedVariance === null,
          },
    outcome,
    diverged,
    controlDiverged,
  })
}

const liveBandOf = (input: JudgeInput, { rows, parts, outcome }: Standing): Interval | null => {
  if (outcome.state !== 'provisional' || parts === null || parts.seedVariance === null) return null
  const fewest = Math.min(rows.arm.length, rows.control.length)
  return liveBand({ ...parts, seedVariance: parts.seedVariance }, fewest, input.alpha / input.corrected)
}

const ascending = (seeds: readonly number[]): number[] => [...new Set(seeds)].sort((a, b) => a - b)

/** One comparison as it stands at one look. */
export const compareAtLook = (input: JudgeInput, look: LookState, own: ArmAtLook): ComparisonDetail => {
  const { metric, margin, paired, corrected } = input
  const { alpha } = look
  const standing = standAtLook(input, look, own)
  const { rows, alike, parts, both, outcome, planning } = standing
  const remarks = remarksOn(input, standing, own)
  const word = outcome.state === 'decided' ? wordOf(metric, outcome.reading.word) : null
  const reason = outcome.state === 'decided' ? null : outcome.reason
  const undecidable = word === 'inconclusive' && planning?.testSetFactor != null
  const givenUp = undecidable && input.continuation === 'until-decided'
  const settled = word !== null && word !== 'inconclusive'
  // A damaged seed was seen: whether the arm goes on is read when it is mended, at this look.
  const damaged = own.arm.damaged.length > 0 || own.control.damaged.length > 0
  const moreLooks = look.index + 1 < look.of && !standing.stopped && look.taken && !damaged
  return {
    arm: own.judged.id,
    against: input.control.id,
    family: input.family ?? 'primary',
    // Scores of a file are judged as accuracy is, and only spoken of otherwise.
    metric: metric === 'score' ? 'accuracy' : metric,
    paired,
    estimate: parts?.estimate ?? null,
    seedVariance: parts?.seedVariance ?? null,
    exampleVariance: parts?.exampleVariance ?? null,
    degreesOfFreedom: parts?.degreesOfFreedom ?? null,
    exampleDegreesOfFreedom: parts?.exampleDegreesOfFreedom ?? null,
    individual: both?.individual ?? null,
    simultaneous: both?.simultaneous ?? null,
    word,
    note: noteText({
      ...remarks,
      alike,
      floored: parts?.floored ?? false,
      givenUp,
      controlName: input.controlName ?? 'control',
    }),
    reason,
    sentence: sentenceOf(input, look, own, standing, remarks),
    seeds: rows.seeds.length,
    plannedSeeds: look.seeds.length,
    examples: own.examples,
    provisional: outcome.state === 'provisional',
    look: { index: look.index, of: look.of, seeds: look.seeds.length, alpha },
    open: moreLooks && !settled && !givenUp,
    undecidable,
    qualifier: outcome.state === 'decided' ? qualifierText(outcome.reading, metric, margin) : outcome.reason,
    perSeed: rows.seeds.map((seed, s) => ({ seed, difference: parts?.perSeed[s] ?? 0 })),
    droppedSeeds: ascending(remarks.dropped.map(({ seed }) => seed)),
    divergedSeeds: ascending([...remarks.diverged, ...remarks.controlDiverged]),
    ...(parts === null || planning === null
      ? {}
      : {
          planning,
          sensitivity: {
            holm: null,
            ...sensitivityOf({
              rows,
              parts,
              paired,
              range: rangeOfInput(input),
              alpha,
              alphaShare: alpha / input.alpha,
              corrected,
              margin,
              metric,
              word,
              reason,
            }),
          },
        }),
    liveBand: liveBandOf(input, standing),
    liveFrom: firstLiveSeeds(input.alpha / corrected),
  }
}

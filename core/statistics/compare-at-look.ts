import type { ComparisonDetail, Interval } from '../contracts/verdict.ts'
import { type ComparedRows, groupRows, pickRows, sameScores } from './compared-rows.ts'
import { crossedVariance } from './crossed-variance.ts'
import { fixedSeedsVariance } from './fixed-seeds-variance.ts'
import { intervals } from './interval.ts'
import type { JudgedArm, JudgeInput, ReadAt } from './judge-input.ts'
import { firstLiveSeeds, liveBand } from './live-band.ts'
import { withinSentence } from './phrases.ts'
import { planningOf } from './planning.ts'
import { qualifierText } from './qualifier.ts'
import { type NoWord, noteText, noWordReason, type SeedTally } from './seed-rules.ts'
import { sensitivityOf } from './sensitivity.ts'
import { comparisonSentence, type SentenceInput } from './sentence.ts'
import { twoWay } from './two-way.ts'
import { unpairedVariance } from './unpaired-variance.ts'
import { type VarianceParts, withoutSpread } from './variance-parts.ts'
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
  stoppedEarly: boolean
}

const estimateParts = (rows: ComparedRows, paired: boolean): VarianceParts | null => {
  const fewest = Math.min(rows.arm.length, rows.control.length)
  if (fewest === 0) return null
  if (fewest === 1) return fixedSeedsVariance(rows.arm, rows.control)
  if (paired) return crossedVariance(rows.arm, rows.control)
  return unpairedVariance(twoWay(rows.arm, null), twoWay(rows.control, null))
}

const droppedSeeds = (
  arm: SeedTally,
  control: SeedTally,
  paired: boolean,
  controlName: string,
): { seed: number; why: string }[] => {
  const ofControl = control.missing.map(({ seed, why }) => ({ seed, why: `${controlName}: ${why}` }))
  if (!paired) return [...arm.missing, ...ofControl]
  const own = new Set(arm.missing.map(({ seed }) => seed))
  return [...arm.missing, ...ofControl.filter(({ seed }) => !own.has(seed))]
}

type Outcome = SentenceInput['outcome']

const decideOutcome = (
  noWord: NoWord | null,
  identical: boolean,
  figures: { parts: VarianceParts; simultaneous: Interval } | null,
  margin: number,
): Outcome => {
  if (noWord !== null)
    return { state: noWord.provisional ? 'provisional' : 'no-verdict', reason: noWord.reason }
  if (identical)
    return { state: 'decided', reading: { word: 'no practical difference', detail: 'within' }, identical }
  if (figures === null) return { state: 'no-verdict', reason: 'no seed has a result in both arms' }
  if (withoutSpread(figures.parts)) {
    return { state: 'no-verdict', reason: 'every difference is the same number, so chance cannot be judged' }
  }
  return { state: 'decided', reading: readInterval(figures.simultaneous, margin), identical }
}

interface ArmAtLook {
  judged: JudgedArm
  arm: SeedTally
  control: SeedTally
  examples: number
  withheld: ReadAt['withheld']
}

/** One comparison as it stands at one look. */
export const compareAtLook = (
  input: JudgeInput,
  look: LookState,
  { judged, arm, control, examples, withheld }: ArmAtLook,
): ComparisonDetail => {
  const { metric, margin, paired, corrected } = input
  const { alpha } = look
  const original = pickRows(arm, control, paired)
  const identical = sameScores(original)
  const { groups } = input
  const rows =
    groups === undefined
      ? original
      : { ...original, arm: groupRows(original.arm, groups), control: groupRows(original.control, groups) }
  const parts = estimateParts(rows, paired)
  const both = parts === null ? null : intervals(parts, alpha, corrected)
  const rules = { ...input, plannedSeeds: look.seeds, underWay: !look.taken }
  const own = noWordReason(
    rules,
    arm,
    control,
    rows.seeds.length,
    rows.controlSeeds.length,
    look.stoppedEarly,
  )
  const figures = parts === null || both === null ? null : { parts, simultaneous: both.simultaneous }
  const outcome = decideOutcome(own ?? withheld, identical, figures, margin)
  const word = outcome.state === 'decided' ? wordOf(metric, outcome.reading.word) : null
  const reason = outcome.state === 'decided' ? null : outcome.reason
  const controlName = input.controlName ?? 'control'
  const dropped = droppedSeeds(arm, control, paired, controlName)
  const entered = (tally: SeedTally, seeds: readonly number[]): number[] =>
    tally.diverged.filter((seed) => seeds.includes(seed))
  const diverged = entered(arm, rows.seeds)
  const controlDiverged = entered(control, rows.controlSeeds)
  const planning =
    parts === null
      ? null
      : planningOf({
          rows,
          parts,
          paired,
          margin,
          alpha: alpha / corrected,
          plannedAlpha: look.lastAlpha / corrected,
        })
  const undecidable = word === 'inconclusive' && planning?.testSetFactor != null
  const goesOn = look.index + 1 < look.of && !look.stoppedEarly && look.taken
  const settled = word !== null && word !== 'inconclusive'
  const givenUp = undecidable && input.continuation === 'until-decided'
  const fewest = Math.min(rows.arm.length, rows.control.length)
  const notes = noteText({
    identical,
    floored: parts?.floored ?? false,
    givenUp,
    diverged,
    controlDiverged,
    controlName,
    dropped,
  })
  return {
    arm: judged.id,
    against: input.control.id,
    family: input.family ?? 'primary',
    // Scores of a file are judged as accuracy is, and only spoken of otherwise.
    metric: metric === 'score' ? 'accuracy' : metric,
    paired,
    estimate: parts?.estimate ?? null,
    seedVariance: parts?.seedVariance ?? null,
    exampleVariance: parts?.exampleVariance ?? null,
    degreesOfFreedom: parts?.degreesOfFreedom ?? null,
    individual: both?.individual ?? null,
    simultaneous: both?.simultaneous ?? null,
    word,
    note: notes,
    reason,
    sentence: comparisonSentence({
      label: judged.label,
      against: input.controlName == null ? null : withinSentence(input.controlName),
      metric,
      margin,
      alpha,
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
    }),
    seeds: rows.seeds.length,
    plannedSeeds: look.seeds.length,
    examples,
    provisional: outcome.state === 'provisional',
    look: { index: look.index, of: look.of, seeds: look.seeds.length, alpha },
    open: goesOn && !settled && !givenUp,
    undecidable,
    qualifier:
      outcome.state !== 'decided'
        ? outcome.reason
        : identical
          ? 'identical predictions'
          : qualifierText(outcome.reading, metric, margin),
    perSeed: rows.seeds.map((seed, s) => ({ seed, difference: parts?.perSeed[s] ?? 0 })),
    droppedSeeds: [...new Set(dropped.map(({ seed }) => seed))].sort((a, b) => a - b),
    divergedSeeds: [...new Set([...diverged, ...controlDiverged])].sort((a, b) => a - b),
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
    liveBand:
      outcome.state === 'provisional' && parts !== null && parts.seedVariance !== null
        ? liveBand({ ...parts, seedVariance: parts.seedVariance }, fewest, input.alpha / corrected)
        : null,
    liveFrom: firstLiveSeeds(input.alpha / corrected),
  }
}

import { everyWay } from './every-way.ts'
import { lookNotes } from '../../../core/planning/plan-looks.ts'
import type { WhyWordless } from '../../../core/judging/wordless.ts'
import type { ArmRole } from '../../../core/contracts/arm.ts'
import type { ComparisonWord } from '../../../core/contracts/verdict.ts'
import type { SaidComparison } from '../../../core/wording/say-comparison.ts'
import { ExperimentDraft } from '../../../core/contracts/protocol.ts'
import { answer, type AnswerInput } from '../../../core/wording/answer.ts'
import { latencyRatio } from '../../../core/judging/judge-latency.ts'
import { nextSteps } from '../../../core/wording/next-steps.ts'
import { planningText } from '../../../core/wording/planning-text.ts'
import { scopeText } from '../../../core/wording/scope.ts'
import { speedSentence } from '../../../core/wording/speed-sentence.ts'
import { teacherAnswer } from '../../../core/wording/teacher-text.ts'
import type { ArmEndings } from '../../../core/wording/repair-steps.ts'
import { allOf, counted, joinAnd } from '../../../core/text/grammar.ts'
import {
  digitsFor,
  everySteps,
  marginAmount,
  marginName,
  plainAmount,
  seedList,
  signedAmount,
  signedRange,
  withinSentence,
} from '../../../core/wording/phrases.ts'
import { type SpokenMetric } from '../../../core/contracts/verdict.ts'
import { comparisonSentence, divergenceClause, type SentenceInput } from '../../../core/wording/sentence.ts'
import { spreadBasis } from '../../../core/wording/spread-basis.ts'
import { teacherQualifier, teacherSentence } from '../../../core/wording/teacher-text.ts'
import { wordlessSentence, wordlessText } from '../../../core/wording/wordless-text.ts'
import { smallDraft } from '../server.ts'
import { comparisonOf } from '../verdict-page.ts'
import { plainAnswer, plainSteps } from '../texts-input.ts'

const counts = [0, 1, 2, 3, 12, 2000]
const arms = ['Label smoothing', 'Soft targets', 'FitNet hints', 'KD, T 4']
const labels = Object.fromEntries(arms.map((label, index) => [`arm-${index}`, label]))
const roles: Record<string, ArmRole> = Object.fromEntries(
  arms.map((_, index) => [`arm-${index}`, index === 0 ? 'regularisation' : 'distillation']),
)
const metrics: SpokenMetric[] = ['accuracy', 'nll', 'brier', 'gap', 'score']

/** Estimates of several sizes with their intervals. */
const magnitudes: [estimate: number, low: number, high: number][] = [
  [0, 0, 0],
  [-0.000092, -0.0003, 0.0001],
  [0.0002, -0.004, 0.0044],
  [0.0184, 0.012, 0.025],
  [-0.25, -0.4, -0.1],
  [0.01, 0.00001, 0.02],
]

function phrases(): string[] {
  return [
    ...counts.map((n) => counted(n, 'seed')),
    ...counts.slice(1).map((n) => allOf(n, 'run')),
    ...counts.slice(1).map(everySteps),
    ...[0, 1, 2, 3, 4].map((n) => `(${joinAnd(arms.slice(0, n).map(withinSentence))})`),
    ...[[4], [4, 6], [1, 2, 3]].map((seeds) => seedList(seeds)),
  ]
}

function amounts(): string[] {
  return metrics.flatMap((metric) => [
    ...[0.01, 0.005, 0.0001, 0.2].map(
      (margin) => `${metric}: ${marginAmount(metric, margin)}, ${marginName(metric, margin)}`,
    ),
    ...magnitudes.map(([estimate, low, high]) => {
      const digits = digitsFor(metric, [low, high], 0.01)
      return `${metric}: ${signedAmount(metric, estimate, digits)} (${signedRange(metric, [low, high], digits)}), ${plainAmount(metric, estimate, digits)}`
    }),
  ])
}

const readings: NonNullable<SentenceInput['reading']>[] = [
  { word: 'helped', detail: 'by-margin' },
  { word: 'helped', detail: 'margin-open' },
  { word: 'hurt', detail: 'by-margin' },
  { word: 'no practical difference', detail: 'within' },
  { word: 'no practical difference', detail: 'negligible-loss' },
  { word: 'inconclusive', detail: 'not-worse' },
  { word: 'inconclusive', detail: 'at-most-better' },
  { word: 'inconclusive', detail: 'wide' },
]

const sentenceInput = (changes: Partial<SentenceInput>): SentenceInput => ({
  label: 'Soft targets',
  against: null,
  metric: 'accuracy',
  margin: 0.01,
  alpha: 0.05,
  corrected: 4,
  seeds: 8,
  controlSeeds: 8,
  examples: 10_000,
  groups: null,
  look: { index: 0, of: 1 },
  figures: { estimate: 0.0184, simultaneous: [0.012, 0.025], examplesOnly: false },
  reading: null,
  reason: 'seeds are missing',
  provisional: false,
  diverged: [],
  controlDiverged: [],
  further: [],
  ...changes,
})

function sentences(): string[] {
  return [
    ...metrics.flatMap((metric) =>
      readings.map((reading) => comparisonSentence(sentenceInput({ metric, reading }))),
    ),
    ...magnitudes.flatMap(([estimate, low, high]) =>
      (['accuracy', 'nll', 'score'] as const).map((metric) =>
        comparisonSentence(
          sentenceInput({ metric, figures: { estimate, simultaneous: [low, high], examplesOnly: false } }),
        ),
      ),
    ),
    ...everyWay({ seeds: [0, 1, 2], controlSeeds: [1, 2], corrected: [1, 2], groups: [null, 3762] }).map(
      (changes) => comparisonSentence(sentenceInput({ ...changes, figures: null })),
    ),
    comparisonSentence(sentenceInput({ seeds: 1, controlSeeds: 1, provisional: true, reason: 'it goes on' })),
    ...[[], [3], [3, 4]].flatMap((diverged) =>
      [[], [1], [1, 2]].map(
        (controlDiverged) => `x${divergenceClause({ diverged, controlDiverged, against: null })}.`,
      ),
    ),
  ]
}

const comparison = (index: number, word: ComparisonWord | null, changes: Partial<SaidComparison> = {}) =>
  comparisonOf({
    arm: `arm-${index}`,
    word,
    reason: word === null ? 'too many seeds are missing' : null,
    ...changes,
  })

function answers(): string[] {
  const words = ['helped', 'hurt', 'no practical difference', 'inconclusive', null] as const
  const say = (changes: Partial<AnswerInput>): string => {
    const { headline, text } = answer({
      comparisons: [],
      roles,
      labels,
      ...plainAnswer,
      ...changes,
    })
    return `${headline} ${text}`
  }
  const decided = words.flatMap((word) =>
    [0, 1, 2, 3].map((n) =>
      say({
        comparisons: Array.from({ length: n + 1 }, (_, index) => comparison(index, word)),
        corrected: n + 1,
      }),
    ),
  )
  const mixed = words.flatMap((a) =>
    words.map((b) => say({ comparisons: [comparison(1, a), comparison(2, b)], corrected: 2 })),
  )
  const whys: WhyWordless[] = ['control-stopped', 'stopped', 'teacher-lost', 'control-diverged', 'missing']
  const open = [comparison(1, null, { provisional: true }), comparison(2, null, { provisional: true })]
  const early = everyWay({ plannedSeeds: [1, 2, 8], seedsIn: [0, 1, 2] })
    .filter(({ plannedSeeds, seedsIn }) => seedsIn <= plannedSeeds)
    .flatMap((seeds) => [
      say({ ...seeds, comparisons: open, state: 'waiting' }),
      say({ ...seeds, comparisons: open, state: 'provisional' }),
      say({ ...seeds, comparisons: open, state: 'stopped', cancelled: true }),
      say({ ...seeds, comparisons: [comparison(1, 'helped'), ...open], state: 'provisional' }),
    ])
  const ending = whys.flatMap((why) => [
    say({ comparisons: open, state: 'provisional', wordless: { arms: [{ arm: 'arm-1', why }], all: false } }),
    say({ comparisons: open, state: 'provisional', wordless: { arms: [{ arm: 'arm-1', why }], all: true } }),
    say({ comparisons: open, state: 'stopped', wordless: { arms: [{ arm: 'arm-1', why }], all: true } }),
  ])
  return [...decided, ...mixed, ...early, ...ending]
}

function losses(): string[] {
  const both = [
    { arm: 'arm-1', why: 'stopped' },
    { arm: 'arm-2', why: 'teacher-lost' },
    { arm: 'arm-3', why: 'stopped' },
  ] as const
  return [`${wordlessText(both)}.`, wordlessSentence(both, labels), `(${wordlessSentence([], labels)})`]
}

function steps(): string[] {
  const ended = (role: ArmRole, runs: number, changes: Partial<ArmEndings>): ArmEndings => ({
    role,
    label: role === 'control' ? 'the control' : role === 'teacher' ? 'Teacher' : 'Soft targets',
    runs,
    diverged: 0,
    failures: {},
    damaged: 0,
    trainedAgain: 0,
    ...changes,
  })
  const say = (changes: Partial<Parameters<typeof nextSteps>[0]>): string[] =>
    nextSteps({
      ...plainSteps,
      comparisons: [comparison(1, null)],
      labels,
      roles,
      margin: 0.01,
      ...changes,
    }).map(({ title, text }) => `${title}. ${text}`)
  const causes: Partial<ArmEndings>[] = [
    ...[1, 2, 5].map((diverged) => ({ diverged })),
    ...[1, 2, 5].map((damaged) => ({ damaged })),
    ...[1, 2, 5].map((trainedAgain) => ({ trainedAgain })),
    ...(['out-of-memory', 'disk-full', 'error', 'lost'] as const).flatMap((reason) =>
      [1, 5].map((n) => ({ failures: { [reason]: n } })),
    ),
  ]
  return [
    ...causes.flatMap((cause) =>
      say({ endings: [ended('control', 5, cause), ended('distillation', 5, {})] }),
    ),
    ...say({ endings: [ended('teacher', 1, { diverged: 1 }), ended('control', 5, {})] }),
    ...say({ endings: [ended('control', 1, { diverged: 1 }), ended('distillation', 1, { diverged: 1 })] }),
    ...[1, 2, 5].flatMap((plannedSeeds) => say({ plannedSeeds })),
    ...[1, 2, 5].flatMap((plannedSeeds) => say({ plannedSeeds, state: 'stopped' })),
    ...[1, 2].flatMap((n) =>
      say({
        comparisons: [comparison(1, 'inconclusive'), comparison(2, 'inconclusive')],
        extension: {
          look: 1,
          seeds: 10,
          runs: n,
          estimateMs: 120_000,
          arms: ['arm-1', 'arm-2'].slice(0, n),
        },
      }),
    ),
    ...say({ comparisons: [comparison(1, 'helped')] }),
    ...say({ accuracy: { teacher: 0.33, control: 0.13 } }),
    ...say({ accuracy: { teacher: 0.85, control: 0.9 } }),
  ]
}

function plans(): string[] {
  const planning = {
    sd: 0.006,
    sdUpper: 0.009,
    needed: 8,
    neededUpper: 8,
    testSetFactor: null,
    powerAtMargin: 0.5,
    detectable: 0.0123,
    budget: null,
  }
  const ways = [
    {},
    { neededUpper: 14 },
    { needed: 2, neededUpper: 2 },
    { neededUpper: null },
    { needed: null, neededUpper: null },
    { testSetFactor: 1.04 },
    { testSetFactor: 12 },
  ]
  const draft = ExperimentDraft.parse(
    smallDraft({ seeds: 3, moreLooks: [6, 10], continuation: 'on-request' }),
  )
  return [
    ...ways.flatMap((way) =>
      [1, 8].map((seeds) =>
        planningText({ planning: { ...planning, ...way }, seeds, examples: 800 }, 'accuracy', 0.01),
      ),
    ),
    ...lookNotes(draft),
    ...lookNotes({ ...draft, continuation: 'until-decided' }),
    ...[0, 1, 2].map((n) =>
      spreadBasis({
        metric: 'accuracy',
        spread: {
          seedSd: 0.006,
          seedSdLow: 0.004,
          seedSdHigh: 0.008,
          seedSdUpper: 0.007,
          exampleVariance: 0.1,
          units: 800,
          range: 1,
        },
        experiments: Array.from({ length: n }, () => ({ alike: true })),
      }),
    ),
  ]
}

function scopes(): string[] {
  return everyWay({
    seeds: [1, 2, 8],
    paired: [true, false],
    perSeed: [2, 2000],
    groups: [undefined, 1, 3762],
  }).map(({ seeds, paired, perSeed, groups }) =>
    scopeText({
      paired,
      seeds,
      examples: 4000,
      ...(groups === undefined ? {} : { groups }),
      labels: { perSeed, subset: perSeed === 2 ? 'fixed' : 'per-seed' },
    }),
  )
}

function teachers(): string[] {
  const reading = { word: 'as good', detail: 'not-worse' } as const
  const say = everyWay({ seeds: [1, 2], corrected: [1, 2], groups: [null, 1] }).map((changes) =>
    teacherSentence({
      label: 'Soft targets',
      metric: 'nll',
      margin: 0.02,
      alpha: 0.05,
      look: { index: 0, of: 1 },
      examples: 800,
      figures: { estimate: -0.003, simultaneous: [-0.01, 0.004] },
      reading: changes.seeds === 1 ? null : reading,
      reason: changes.seeds === 1 ? 'no seed has a result' : '',
      provisional: false,
      diverged: changes.seeds === 1 ? [1] : [],
      ...changes,
    }),
  )
  return [...say, teacherQualifier(reading, 'nll', 0.02), `(${teacherAnswer([], labels)})`]
}

function speeds(): string[] {
  return [1, 2, 10].flatMap((blocks) => {
    const found = latencyRatio({
      baseline: Array.from({ length: blocks }, (_, i) => 10 + i / 100),
      other: Array.from({ length: blocks }, (_, i) => 5 + i / 90),
      alpha: 0.05,
      corrected: 2,
      margin: 0.1,
    })
    return [speedSentence({ quantile: 'p50', margin: 0.1, alpha: 0.025, ...found })]
  })
}

/** What core says, over counts 0, 1, 2 and many and over magnitudes, by what says it. */
export const coreSentences = (): Record<string, string[]> => ({
  phrases: phrases(),
  amounts: amounts(),
  'one comparison': sentences(),
  'the answer': answers(),
  'what gets no word any more': losses(),
  'what to do next': steps(),
  'what would settle it': plans(),
  'what it covers': scopes(),
  'against the teacher': teachers(),
  latency: speeds(),
})

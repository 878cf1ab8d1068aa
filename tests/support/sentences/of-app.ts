import { claimsFootnote } from '../../../app/_features/claims/claims-footnote.ts'
import { claimsHeadline } from '../../../app/_features/claims/claims-headline.ts'
import { claims } from '../../../app/_features/claims/claims.ts'
import { compareSentence } from '../../../app/_features/compare/compare-sentence.ts'
import { cancelExperimentText } from '../../../app/_features/experiment/cancel-experiment-text.ts'
import { copiesText } from '../../../app/_features/experiment/copies-text.ts'
import { latencyText } from '../../../app/_features/experiment/latency-text.ts'
import { earlyStopSentence, epochsText } from '../../../app/_features/experiment/training-text.ts'
import { troubleText } from '../../../app/_features/experiments/trouble-text.ts'
import { verifiedText } from '../../../app/_features/protocol/verified-text.ts'
import { seedsText } from '../../../app/_features/protocol/decision-text.ts'
import { cancelText, restTexts } from '../../../app/_features/run/cancel-text.ts'
import { stoppedText } from '../../../app/_features/run/run-facts.ts'
import { endings } from '../../../app/_features/verdict/endings.ts'
import { figuresRemark } from '../../../app/_features/verdict/figures.ts'
import { outlookText } from '../../../app/_features/verdict/outlook-text.ts'
import { barsText, forestRemark, looksText, together } from '../../../app/_features/verdict/question-texts.ts'
import { pairsText, pText, sensitivityRemark } from '../../../app/_features/verdict/sensitivity-text.tsx'
import { speedRows } from '../../../app/_features/verdict/speed-rows.ts'
import { latency, megabytes, short, times } from '../../../app/_ui/format.ts'
import type { NetworkSpec } from '../../../core/contracts/network.ts'
import type { SaidComparison } from '../../../core/wording/say-comparison.ts'
import type { ArmView } from '../../../core/contracts/views.ts'
import { claimsPage, figures } from '../claims-page.ts'
import { comparisonOf, pageOf } from '../verdict-page.ts'
import { everyWay } from './every-way.ts'

const counts = [0, 1, 2, 3, 12, 2000]
const states = ['waiting', 'provisional', 'stopped', 'decided'] as const
const seedsOf = everyWay({ plannedSeeds: [1, 2, 8], seedsIn: [0, 1, 2] }).filter(
  ({ plannedSeeds, seedsIn }) => seedsIn <= plannedSeeds,
)

const armOf = (role: ArmView['role'], label: string): { arm: ArmView } => ({
  arm: { id: 'x', role, method: 'soft-targets', label, shorter: [], detail: '', slot: null },
})

function dialogs(): string[] {
  const roles = [
    armOf('control', 'Control'),
    armOf('teacher', 'Teacher'),
    armOf('regularisation', 'Label smoothing'),
    armOf('distillation', 'Soft targets'),
  ]
  const ways = everyWay({
    arms: [[], ['Soft targets'], ['Label smoothing', 'Soft targets']],
    all: [true, false],
    decidedBefore: [true, false],
    runs: [0],
  })
  const looks = [{ seeds: 3, alpha: 0.05 }]
  return [
    ...roles.flatMap((arm) => ways.map((way) => cancelText({ ...arm, trainedAgain: false }, way))),
    ...[1, 2, 12].flatMap((runs) => Object.values(restTexts(runs))),
    ...[1, 2, 12].flatMap((runs) =>
      [true, false].flatMap((all) => Object.values(outlookText({ arms: ['x'], all, runs }))),
    ),
    ...[0, 8, 9, 10].flatMap((runsEnded) =>
      [
        [1, 2, 3],
        [1, 2, 3, 4, 5],
      ].map((seeds) => cancelExperimentText({ runsTotal: 10, runsEnded, seeds, protocol: { looks } })),
    ),
    ...[0, 1, 2, 1204].flatMap((step) =>
      (['cancelled', 'failed'] as const).map(
        (status) => stoppedText({ status, startedAt: 1, step, steps: 5000, stepsPerEpoch: 1 }) ?? '',
      ),
    ),
  ]
}

function lists(): string[] {
  const cells = (status: 'diverged' | 'finished', n: number) =>
    Array.from({ length: n }, (_, index) => ({ runId: `${index}`, seed: index, status, progress: null }))
  return [
    ...[1, 2].flatMap((n) => [
      endings({ progress: [{ armId: 'a', cells: cells('diverged', n) }] }),
      endings({ progress: [{ armId: 'a', cells: cells('finished', n) }] }),
    ]),
    ...[0, 1, 2].map((n) => troubleText({ runsTotal: 2, runsDiverged: n, runsFailed: 2 - n }) ?? ''),
    ...everyWay({ identical: [0, 1, 2], differing: [0, 1] }).map((verified) =>
      verifiedText({ verified, progress: [{ armId: 'a', cells: cells('finished', 3) }] }),
    ),
    ...everyWay({ copies: [0, 1, 2, 1332], twoLabels: [0, 1, 2] }).map((way) =>
      copiesText({ ...way, duplicated: 1, test: 1 }),
    ),
    ...[[1], [1, 2], [4, 9]].map((seeds) => `${seedsText(seeds)}.`),
    ...[0.2, 1, 6.64, 1250.3].map(epochsText),
    ...[true, false].map((many) => earlyStopSentence({ metric: 'nll', everySteps: 1, patience: 1 }, many)),
    earlyStopSentence({ metric: 'accuracy', everySteps: 100, patience: 5 }, true),
    ...counts.map((n) => `(${together(n)})`),
  ]
}

const stoppedAfter = (seeds: number): SaidComparison => comparisonOf({ word: null, seeds })

function remarks(): string[] {
  return [
    ...states.flatMap((state) =>
      seedsOf.map((seeds) =>
        forestRemark(pageOf({ state, ...seeds, examples: 800, comparisons: [stoppedAfter(seeds.seedsIn)] })),
      ),
    ),
    forestRemark(
      pageOf({
        state: 'stopped',
        plannedSeeds: 8,
        seedsIn: 0,
        comparisons: [comparisonOf({ seeds: 8 }), stoppedAfter(0)],
      }),
    ),
    forestRemark(pageOf({ state: 'stopped', comparisons: [comparisonOf()] })),
    ...states.flatMap((state) =>
      seedsOf.flatMap((seeds) =>
        [null, { arms: ['x'], all: true, runs: 3 }].map((outlook) =>
          sensitivityRemark({ state, ...seeds, outlook }),
        ),
      ),
    ),
    ...states.flatMap((state) =>
      [1, 8].map((plannedSeeds) =>
        figuresRemark(
          { state, figures: [], plannedSeeds, outlook: null },
          { checkpoint: 'last', teacher: { network: mlp, training, seed: 0 } },
        ),
      ),
    ),
    ...[1, 2, 8].map((corrected) => barsText({ looks: [], alpha: 0.05, corrected })),
    ...(['taken', 'under way', 'planned', 'not needed', 'not taken', 'cut short'] as const).map((state) =>
      looksText({
        looks: [
          { seeds: 3, alpha: 0.01, state: 'taken' },
          { seeds: 6, alpha: 0.04, state },
        ],
        continuation: 'on-request',
        alpha: 0.05,
        outlook: null,
      }),
    ),
    ...[1, 2, 64].map((pairs) => pairsText({ pairs })),
    ...[null, 0.00001, 0.0023, 0.6].map(pText),
  ]
}

const mlp: NetworkSpec = { kind: 'mlp', hidden: [32], dropout: 0 }
const training = {
  steps: 100,
  batchSize: 32,
  optimizer: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 },
  learningRate: 0.001,
  schedule: 'constant',
} as const

function claimTexts(): string[] {
  const pages = states.flatMap((state) => seedsOf.map((seeds) => claimsPage({ state, ...seeds })))
  const bySize = [1, 2, 0.5].map((ratio) =>
    claimsPage({
      figures: {
        ...claimsPage().figures,
        arm: figures('soft', { parameters: 200_000 / ratio, macs: 199_000 / ratio, latency: null }),
      },
    }),
  )
  return [
    ...pages.map((page) => claimsHeadline(page, claims(page))),
    ...claims(claimsPage()).map(({ text }) => text.replaceAll('**', '')),
    ...bySize.flatMap((page) =>
      claims(page)
        .filter(({ key }) => key === 'size')
        .map(({ text }) => text.replaceAll('**', '')),
    ),
    ...[1, 8].map((plannedSeeds) => claimsFootnote(claimsPage({ plannedSeeds }))),
  ]
}

function sizes(): string[] {
  const network = (parameters: number) => ({
    label: 'MLP 32',
    parameters,
    macs: parameters,
    sizeBytes: parameters * 4,
  })
  const arms = [armOf('teacher', 'Teacher').arm, armOf('control', 'Control').arm].map((arm) => ({
    ...arm,
    id: arm.role,
  }))
  const ratios = [7.7, 1.02, 0.5]
  return [
    ...ratios.map((ratio) =>
      compareSentence(
        arms,
        [
          figures('teacher', { sizeBytes: 10_000 * ratio }),
          figures('control', { sizeBytes: 10_000, latency: null }),
        ],
        latencyText({ after: [], status: 'cancelled' }),
      ),
    ),
    ...ratios.map((ratio) =>
      compareSentence(
        arms,
        [
          figures('teacher', { parameters: 1000 * ratio, sizeBytes: null }),
          figures('control', { parameters: 1000 }),
        ],
        '',
      ),
    ),
    ...ratios.flatMap((ratio) =>
      speedRows(
        { speed: [], figures: [], comparisons: [] },
        { teacher: network(1000 * ratio), student: network(1000) },
      ).map((row) => `${row.name}: ${row.ratio}`),
    ),
    ...[999, 1000, 109_386, 1_330_000].map(short),
    ...[1, 3.5, 9.94, 12.4, 1200].map((ratio) => `${times(ratio)}×`),
    ...[0, 0.00052, 0.0523, 11.93, 1200].map((ms) => `${latency(ms)} ms`),
    ...[120, 99_999, 1e8].map((bytes) => `${megabytes(bytes)} MB`),
  ]
}

function latencies(): string[] {
  const state = ['planned', 'running', 'done', 'failed', 'cancelled'] as const
  const reason = [null, 'the trainer was lost', 'The experiment was cancelled.']
  const status = ['running', 'finished', 'cancelled'] as const
  return everyWay({ state, reason, status }).map((way) =>
    latencyText({ after: [{ kind: 'profile', state: way.state, reason: way.reason }], status: way.status }),
  )
}

/** What the pages say, over counts 0, 1, 2 and many and over magnitudes, by where it is said. */
export const appSentences = (): Record<string, string[]> => ({
  'dialogs and banners': dialogs(),
  'lists and rows': lists(),
  'remarks of the Verdict page': remarks(),
  claims: claimTexts(),
  'sizes and times': sizes(),
  'latency that is not there': latencies(),
})

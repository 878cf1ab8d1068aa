import type { TRPCClient } from '@trpc/client'
import type { ExperimentDraftInput } from '../../../core/contracts/protocol.ts'
import type { AppRouter } from '../../../server/api/trpc/router.ts'
import { smallDraft } from '../../support/server.ts'

const soft = { temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 }

/** Every method, both metrics, looks, a training that diverges and one that was called off, as small as they can be. */
export const earlierDrafts: readonly { draft: ExperimentDraftInput; cancelled?: true }[] = [
  {
    draft: smallDraft({
      question: 'All methods?',
      methods: [
        { name: 'label-smoothing', smoothing: 0.1 },
        { name: 'soft-targets', ...soft },
        { name: 'soft-targets', ...soft, temperature: 8 },
        { name: 'soft-targets-unlabelled', ...soft, unlabelledShare: 0.5 },
        { name: 'hard-labels-unlabelled', ...soft, unlabelledShare: 0.5 },
      ],
    }),
  },
  {
    draft: smallDraft({
      question: 'Another optimizer, another metric, two looks?',
      methods: [{ name: 'soft-targets', ...soft }],
      primaryMetric: 'nll',
      margin: 0.02,
      moreLooks: [4],
      student: {
        network: { kind: 'mlp', hidden: [8], dropout: 0.2 },
        training: {
          steps: 100,
          batchSize: 32,
          optimizer: { name: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 1e-4 },
          learningRate: 0.05,
          schedule: { name: 'step', milestones: [40, 80], factor: 0.3 },
          warmUpSteps: 5,
          clipNorm: 5,
          earlyStop: { metric: 'nll', everySteps: 10, patience: 3 },
        },
      },
    }),
  },
  {
    draft: smallDraft({
      question: 'One that diverges?',
      methods: [{ name: 'soft-targets', ...soft, temperature: 1000, softTargetWeight: 1e9 }],
      student: {
        network: { kind: 'mlp', hidden: [8], dropout: 0 },
        training: {
          steps: 80,
          batchSize: 32,
          optimizer: { name: 'sgd', momentum: 0, weightDecay: 0 },
          learningRate: 0.05,
          schedule: 'constant',
        },
      },
    }),
  },
  { draft: smallDraft({ question: 'One that was called off?' }), cancelled: true },
]

/** Addresses of the pages that say something of these experiments, the newest run of each kind among them. */
export async function pagesOf(api: TRPCClient<AppRouter>, ids: readonly string[]): Promise<string[]> {
  const addresses: string[] = ['/']
  for (const id of ids) {
    for (const tab of ['', '/claims', '/compare', '/curves', '/runs', '/protocol'])
      addresses.push(`/experiments/${id}${tab}`)
    const runs = await api.experiments.runs.query({ id })
    const shown = runs.filter(({ armId, seed }) => armId === 'teacher' || seed === 1)
    addresses.push(...shown.map(({ runId }) => `/runs/${runId}`))
  }
  return addresses
}

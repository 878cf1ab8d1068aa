import { z } from 'zod'
import type { Architecture, Sizes } from '../architecture.ts'
import { inputName, type LayerNode } from '../graph.ts'

const widest = 8192
const most = 8

const MlpSpec = z.strictObject({
  kind: z.literal('mlp'),
  /** Widths of the hidden layers. */
  hidden: z.array(z.int().min(1).max(widest)).max(most),
  /** Share of hidden units dropped in training, 0 (off) up to but not including 1. */
  dropout: z.number().min(0).lt(1),
})
export type MlpSpec = z.infer<typeof MlpSpec>

const fields = {
  hidden: {
    label: 'Widths of the hidden layers',
    most,
    widest,
    say: 'Up to 8 layer widths from 1 to 8,192, such as “800, 800”.',
  },
  dropout: {
    label: 'Dropout',
    range: {
      min: 0,
      max: 1,
      open: 'max',
      unit: 'share',
      say: 'Dropout is a share from 0 up to, but not, 1.',
    },
  },
} as const

/** Dense layers, each but the last with relu and, in training, dropout after it. Taps read before the dropout. */
export const mlp = {
  schema: MlpSpec,
  fields,
  label: ({ hidden }) => (hidden.length === 0 ? 'linear' : `MLP ${hidden.join('-')}`),
  outline: ({ hidden }, { inputSize, classes }) => [inputSize, ...hidden, classes].join('-'),
  graph: (spec, { inputSize, classes }) => ({
    input: [inputSize],
    nodes: nodesOf(spec, classes),
    logits: `layer-${spec.hidden.length + 1}`,
    taps: spec.hidden.map((_, i) => ({ name: `hidden-${i + 1}`, node: `layer-${i + 1}/relu` })),
  }),
  topology: ({ kind, hidden, dropout }, { inputSize, classes }: Sizes) => ({
    kind,
    inputSize,
    hidden,
    classes,
    dropout,
    activation: 'relu',
  }),
} satisfies Architecture<MlpSpec>

function nodesOf({ hidden, dropout }: MlpSpec, classes: number): LayerNode[] {
  const nodes: LayerNode[] = []
  let below = inputName
  hidden.forEach((units, i) => {
    const name = `layer-${i + 1}`
    nodes.push({ name, kind: 'dense', from: [below], settings: { units } })
    nodes.push({ name: `${name}/relu`, kind: 'relu', from: [name], settings: {} })
    below = `${name}/relu`
    if (dropout === 0) return
    nodes.push({ name: `${name}/dropout`, kind: 'dropout', from: [below], settings: { rate: dropout } })
    below = `${name}/dropout`
  })
  const last = `layer-${hidden.length + 1}`
  return [...nodes, { name: last, kind: 'dense', from: [below], settings: { units: classes } }]
}

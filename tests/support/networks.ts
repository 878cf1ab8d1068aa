import * as fc from 'fast-check'
import type { WeightSpec } from '../../core/networks/layers/layer.ts'
import type { NetworkFacts } from '../../core/networks/graph.ts'
import type { Sizes } from '../../core/networks/architecture.ts'
import type { ArchitectureKind, NetworkChoice } from '../../core/networks/registry.ts'

/** What the tests of all architectures need of one: without a row here it does not compile. */
export interface ArchitectureCase {
  specs: fc.Arbitrary<NetworkChoice>
  /** Counted without its graph. */
  byHand: (spec: NetworkChoice, sizes: Sizes) => Omit<NetworkFacts, 'weights' | 'weightsOf' | 'shapes'>
  /** One network as it is stored: none of this may change. */
  golden: {
    spec: NetworkChoice
    data: Sizes
    label: string
    outline: string
    topology: string
    weights: WeightSpec[]
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

export const architectureCases: Readonly<Record<ArchitectureKind, ArchitectureCase>> = {
  mlp: {
    specs: fc.record({
      kind: fc.constant('mlp' as const),
      hidden: fc.array(fc.integer({ min: 1, max: 8192 }), { maxLength: 8 }),
      dropout: fc.constantFrom(0, 0.1, 0.5, 0.999),
    }),
    byHand: ({ hidden, dropout }, { inputSize, classes }) => {
      const widths = [inputSize, ...hidden, classes]
      const macs = sum(widths.slice(1).map((out, i) => (widths[i] ?? 0) * out))
      return {
        parameters: macs + sum(widths.slice(1)),
        macs,
        cells: sum(widths),
        depth: hidden.length + 1,
        draws: dropout > 0 ? sum(hidden) : 0,
      }
    },
    golden: {
      spec: { kind: 'mlp', hidden: [8, 6], dropout: 0.25 },
      data: { inputSize: 5, classes: 3 },
      label: 'MLP 8-6',
      outline: '5-8-6-3',
      topology: '{"kind":"mlp","inputSize":5,"hidden":[8,6],"classes":3,"dropout":0.25,"activation":"relu"}',
      weights: [
        { name: 'layer-1/kernel', shape: [5, 8], start: 'he', fanIn: 5, decays: true },
        { name: 'layer-1/bias', shape: [8], start: 'zeros', fanIn: 5, decays: false },
        { name: 'layer-2/kernel', shape: [8, 6], start: 'he', fanIn: 8, decays: true },
        { name: 'layer-2/bias', shape: [6], start: 'zeros', fanIn: 8, decays: false },
        { name: 'layer-3/kernel', shape: [6, 3], start: 'he', fanIn: 6, decays: true },
        { name: 'layer-3/bias', shape: [3], start: 'zeros', fanIn: 6, decays: false },
      ],
    },
  },
}

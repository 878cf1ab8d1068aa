import type { LayerKind, LayerSettings } from '../../core/networks/layers/registry.ts'
import type { Shape } from '../../core/networks/layers/layer.ts'
import { createDropout } from '../../workers/trainer/layers/dropout-masks.ts'
import type { Mode } from '../../workers/trainer/layers/layer.ts'

/** Values of a batch, example by example, in float64. */
export type Rows = readonly (readonly number[])[]

/** What the tests of all layers need of one: without a row here it does not compile. */
export interface LayerCase<Settings> {
  examples: readonly {
    settings: Settings
    inputs: readonly Shape[]
    /** Counted by hand. */
    output: Shape
    weights: Readonly<Record<string, Shape>>
    macs: number
    draws: number
  }[]
  /** The layer longhand in float64. @param index which of its kind it is in its network */
  reference(
    inputs: readonly Rows[],
    weights: readonly Float64Array[],
    settings: Settings,
    at: { mode: Mode; index: number },
  ): Rows
}

const only = (inputs: readonly Rows[]): Rows => inputs[0] ?? []

export const layerCases: { readonly [Kind in LayerKind]: LayerCase<LayerSettings[Kind]> } = {
  dense: {
    examples: [
      {
        settings: { units: 3 },
        inputs: [[5]],
        output: [3],
        weights: { kernel: [5, 3], bias: [3] },
        macs: 15,
        draws: 0,
      },
      {
        settings: { units: 1 },
        inputs: [[1]],
        output: [1],
        weights: { kernel: [1, 1], bias: [1] },
        macs: 1,
        draws: 0,
      },
    ],
    reference: (inputs, [kernel, bias], { units }) =>
      only(inputs).map((row) =>
        Array.from({ length: units }, (_, j) =>
          row.reduce(
            (sum, x, i) => sum + x * (kernel?.[i * units + j] ?? Number.NaN),
            bias?.[j] ?? Number.NaN,
          ),
        ),
      ),
  },
  relu: {
    examples: [{ settings: {}, inputs: [[7]], output: [7], weights: {}, macs: 0, draws: 0 }],
    reference: (inputs) => only(inputs).map((row) => row.map((x) => Math.max(x, 0))),
  },
  dropout: {
    examples: [
      { settings: { rate: 0.5 }, inputs: [[9]], output: [9], weights: {}, macs: 0, draws: 9 },
      { settings: { rate: 0.3 }, inputs: [[4]], output: [4], weights: {}, macs: 0, draws: 4 },
      // So small a share that nothing is dropped.
      { settings: { rate: 1e-9 }, inputs: [[4]], output: [4], weights: {}, macs: 0, draws: 4 },
    ],
    reference(inputs, _weights, { rate }, { mode, index }) {
      const rows = only(inputs)
      const width = rows[0]?.length ?? 0
      const mask = new Float32Array(rows.length * width).fill(1)
      if (mode !== 'evaluation') createDropout(rate, index)?.fillMask(mask, mode)
      return rows.map((row, b) => row.map((x, i) => x * (mask[b * width + i] ?? Number.NaN)))
    },
  },
}

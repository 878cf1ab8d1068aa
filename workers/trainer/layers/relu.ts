import { first, type MakeLayer } from './layer.ts'

/** On its own, where it cannot be part of the layer before it. */
export const relu: MakeLayer<object> = ({ ops }) => ({
  forward: (inputs) => ({ output: ops.relu(first(inputs)), kept: [] }),
  backward: (gradient, { output }, wantsInputs) => ({
    inputs: wantsInputs ? [ops.reluGradient(gradient, output, 1)] : [],
    weights: [],
  }),
})

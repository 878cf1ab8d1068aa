import type { DropoutSettings } from '../../../core/networks/layers/dropout.ts'
import { createDropout } from './dropout-masks.ts'
import { first, type MakeLayer } from './layer.ts'

/** On its own, where it cannot be part of the layer before it. */
export const dropout: MakeLayer<DropoutSettings> = ({ tf, ops }, { rate }, index) => {
  const masks = createDropout(rate, index)
  return {
    forward(inputs, _weights, mode) {
      const input = first(inputs)
      if (!masks || mode === 'evaluation') return { output: input.clone(), kept: [] }
      const mask = masks.mask(tf, input.shape, mode)
      return { output: ops.applyMask(input, mask), kept: [mask] }
    },
    backward(gradient, { kept: [mask] }, wantsInputs) {
      if (!wantsInputs) return { inputs: [], weights: [] }
      return { inputs: [mask ? ops.applyMask(gradient, mask) : gradient.clone()], weights: [] }
    },
  }
}

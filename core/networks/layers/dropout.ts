import { onlyInput, sizeOf, type LayerCard } from './layer.ts'

export interface DropoutSettings {
  /** Share of values dropped in training, from 0 up to but not including 1. */
  rate: number
}

/** Inverted dropout (Srivastava et al. 2014): in training some values are 0 and the others scaled by 1 / (1 − rate). */
export const dropout: LayerCard<DropoutSettings> = {
  output(inputs, { rate }) {
    if (!(rate >= 0 && rate < 1)) throw new RangeError(`rate ${rate} is not a share below 1`)
    return onlyInput(inputs)
  },
  weights: () => [],
  macs: () => 0,
  draws: (inputs) => sizeOf(onlyInput(inputs)),
}

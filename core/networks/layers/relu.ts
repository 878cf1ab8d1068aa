import { onlyInput, type LayerCard } from './layer.ts'

/** max(0, x). */
export const relu: LayerCard<Record<never, never>> = {
  output: (inputs) => onlyInput(inputs),
  weights: () => [],
  macs: () => 0,
  draws: () => 0,
}

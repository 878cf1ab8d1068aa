import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { TrainingOps } from '../engine/training-ops.ts'

/** Kernel and bias of one dense layer. */
export interface LayerWeights {
  kernel: Tensor2D
  bias: Tensor1D
}

/** Pairs the flat list [kernel, bias, kernel, bias, …], whose ranks follow from how it was made. */
export function layersOf(weights: readonly Tensor[]): LayerWeights[] {
  const layers: LayerWeights[] = []
  for (let i = 0; i + 1 < weights.length; i += 2)
    layers.push({ kernel: weights[i] as Tensor2D, bias: weights[i + 1] as Tensor1D })
  return layers
}

/**
 * Outputs of all layers of a multilayer perceptron for x [B, in]; the last are the logits [B, K].
 * @param masks one a hidden layer (inverted dropout), or null in evaluation
 * @param made every tensor made here is added to it, for the caller to dispose
 */
export function forward(
  ops: TrainingOps,
  layers: readonly LayerWeights[],
  x: Tensor2D,
  masks: readonly Tensor2D[] | null,
  made: Tensor[],
): Tensor2D[] {
  const outputs: Tensor2D[] = []
  let input = x
  layers.forEach(({ kernel, bias }, layer) => {
    const hidden = layer < layers.length - 1
    let output = ops.dense(input, kernel, bias, hidden)
    made.push(output)
    const mask = hidden ? masks?.[layer] : undefined
    if (mask) {
      output = ops.applyMask(output, mask)
      made.push(output)
    }
    outputs.push(output)
    input = output
  })
  return outputs
}

/**
 * Gradients of all weights, [kernel, bias, …], from the gradient of the logits, by the chain rule backwards.
 * @param outputs what `forward` returned for the same x
 * @param scale of the dropout masks, 1 without: a unit that was dropped has output 0 and passes nothing on
 * @param made every tensor made here is added to it, for the caller to dispose
 */
export function backward(
  ops: TrainingOps,
  layers: readonly LayerWeights[],
  x: Tensor2D,
  outputs: readonly Tensor2D[],
  logitsGradient: Tensor2D,
  scale: number,
  made: Tensor[],
): Tensor[] {
  const gradients: Tensor[] = []
  let dy = logitsGradient
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    const below = layer > 0 ? outputs[layer - 1] : undefined
    gradients.unshift(ops.kernelGradient(below ?? x, dy), ops.biasGradient(dy))
    const kernel = layers[layer]?.kernel
    if (below && kernel) {
      const spread = ops.inputGradient(dy, kernel)
      dy = ops.reluGradient(spread, below, scale)
      made.push(spread, dy)
    }
  }
  made.push(...gradients)
  return gradients
}

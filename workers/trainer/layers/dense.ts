import type { Tensor } from '@tensorflow/tfjs-core'
import type { DenseSettings } from '../../../core/networks/layers/dense.ts'
import type { Engine } from '../engine/engine.ts'
import { createDropout, type Dropout } from './dropout-masks.ts'
import { first, type Layer, type MakeLayer } from './layer.ts'

function pairOf([kernel, bias]: readonly Tensor[]): { kernel: Tensor; bias: Tensor } {
  if (kernel === undefined || bias === undefined) throw new Error('A dense layer without its weights.')
  return { kernel, bias }
}

/**
 * A dense layer with the relu and the dropout that follow it, in one pass each way. A unit that is 0, by relu or dropped,
 * passes nothing on, so that the output alone tells the way back.
 */
export function denseBlock(
  { tf, ops }: Pick<Engine, 'tf' | 'ops'>,
  { relu, dropout }: { relu: boolean; dropout: Dropout | null },
): Layer {
  return {
    forward(inputs, weights, mode) {
      const { kernel, bias } = pairOf(weights)
      const output = ops.dense(first(inputs), kernel, bias, relu)
      if (!dropout || mode === 'evaluation') return { output, kept: [] }
      const mask = dropout.mask(tf, output.shape, mode)
      const dropped = ops.applyMask(output, mask)
      output.dispose()
      mask.dispose()
      return { output: dropped, kept: [] }
    },
    backward(gradient, { inputs, weights, output, mode }, wantsInputs) {
      const scale = dropout && mode !== 'evaluation' ? dropout.scale : 1
      const dz = relu ? ops.reluGradient(gradient, output, scale) : gradient
      const gradients = {
        weights: [ops.kernelGradient(first(inputs), dz), ops.biasGradient(dz)],
        inputs: wantsInputs ? [ops.inputGradient(dz, pairOf(weights).kernel)] : [],
      }
      if (dz !== gradient) dz.dispose()
      return gradients
    },
  }
}

export const dense: MakeLayer<DenseSettings> = (engine) => denseBlock(engine, { relu: false, dropout: null })

/** @param index of the dropout among those of the network */
export const denseReluDropout = (engine: Pick<Engine, 'tf' | 'ops'>, rate: number, index: number): Layer =>
  denseBlock(engine, { relu: true, dropout: createDropout(rate, index) })

export const denseRelu = (engine: Pick<Engine, 'tf' | 'ops'>): Layer =>
  denseBlock(engine, { relu: true, dropout: null })

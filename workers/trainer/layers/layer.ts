import type { Tensor } from '@tensorflow/tfjs-core'
import type { Engine } from '../engine/engine.ts'

/** Evaluation, or a step (from 0) of a training: what is drawn in it follows from its seed and step alone. */
export type Mode = 'evaluation' | { seed: number; step: number }

export interface Forwarded {
  output: Tensor
  /** What the way back needs beside inputs and output. */
  kept: readonly Tensor[]
}

/** What a layer saw and made on the way forward. */
export interface Visit {
  inputs: readonly Tensor[]
  weights: readonly Tensor[]
  output: Tensor
  kept: readonly Tensor[]
  mode: Mode
}

export interface Gradients {
  /** Of each input; none where they were not wanted. */
  inputs: readonly Tensor[]
  /** Of each weight. */
  weights: readonly Tensor[]
}

/** One layer of a network on one engine. All that it returns is new; it disposes of nothing that it was given. */
export interface Layer {
  forward(inputs: readonly Tensor[], weights: readonly Tensor[], mode: Mode): Forwarded
  /** @param gradient of the loss with respect to the output */
  backward(gradient: Tensor, visit: Visit, wantsInputs: boolean): Gradients
}

/** @param index which of the network's layers of this kind it is, from 0: each draws from a stream of its own */
export type MakeLayer<Settings> = (
  engine: Pick<Engine, 'tf' | 'ops'>,
  settings: Settings,
  index: number,
) => Layer

/** @throws Error where there is none: a layer is given as many as its card says */
export function first(tensors: readonly Tensor[]): Tensor {
  const [tensor] = tensors
  if (tensor === undefined) throw new Error('A layer without its input.')
  return tensor
}

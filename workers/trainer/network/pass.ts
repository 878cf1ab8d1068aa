import type { Tensor } from '@tensorflow/tfjs-core'
import type { Engine } from '../engine/engine.ts'
import type { Layer, Mode } from '../layers/layer.ts'

/** One step of a pass: it reads and writes places, of which 0 is the input and k + 1 what step k makes. */
export interface PassStep {
  layer: Layer
  from: readonly number[]
  /** Of the network's weights. */
  weights: readonly number[]
  /** Something before it learns from what it passes back. */
  wantsInputs: boolean
}

export interface PassPlan {
  steps: readonly PassStep[]
  /** Places. */
  logits: number
  taps: Readonly<Record<string, number>>
}

/** Gradients of the loss where they enter, used up by the way back. */
export interface EnteringGradients {
  logits?: Tensor
  taps?: Readonly<Record<string, Tensor>>
}

/** What one batch made of a network on its way forward. It owns these tensors until it is disposed of, once. */
export interface Pass {
  /** [B, K]. */
  logits: Tensor
  taps: Readonly<Record<string, Tensor>>
  /** Gradients of all weights, in their order; they are the caller's. */
  backward(from: EnteringGradients): Tensor[]
  dispose(): void
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index]
  if (item === undefined) throw new Error(`A pass has nothing at place ${index}.`)
  return item
}

/** @param input its pass owns it too */
export function startPass(
  { tf, ops }: Pick<Engine, 'tf' | 'ops'>,
  { steps, logits, taps }: PassPlan,
  weights: readonly Tensor[],
  input: Tensor,
  mode: Mode,
): Pass {
  const places: Tensor[] = [input]
  const kept: (readonly Tensor[])[] = []
  const inputsOf = ({ from }: PassStep): Tensor[] => from.map((place) => at(places, place))
  const weightsOf = (step: PassStep): Tensor[] => step.weights.map((index) => at(weights, index))
  const dispose = (): void => {
    for (const tensor of [...places, ...kept.flat()]) tensor.dispose()
  }
  try {
    for (const step of steps) {
      const made = step.layer.forward(inputsOf(step), weightsOf(step), mode)
      places.push(made.output)
      kept.push(made.kept)
    }
  } catch (error) {
    dispose()
    throw error
  }

  const backward = (from: EnteringGradients): Tensor[] => {
    const entering = new Map<number, Tensor>()
    const add = (place: number, gradient: Tensor): void => {
      const before = entering.get(place)
      entering.set(place, before ? ops.add(before, gradient) : gradient)
      if (!before) return
      before.dispose()
      gradient.dispose()
    }
    if (from.logits) add(logits, from.logits)
    for (const [name, gradient] of Object.entries(from.taps ?? {})) {
      const place = taps[name]
      if (place === undefined) throw new Error(`This network was not built to be read at ${name}.`)
      add(place, gradient)
    }
    const gradients = new Map<number, Tensor>()
    for (const [index, step] of [...steps.entries()].toReversed()) {
      const gradient = entering.get(index + 1)
      if (!gradient) {
        for (const weight of step.weights) gradients.set(weight, tf.zerosLike(at(weights, weight)))
        continue
      }
      const visit = {
        inputs: inputsOf(step),
        weights: weightsOf(step),
        output: at(places, index + 1),
        kept: at(kept, index),
        mode,
      }
      const made = step.layer.backward(gradient, visit, step.wantsInputs)
      made.weights.forEach((tensor, i) => gradients.set(at(step.weights, i), tensor))
      made.inputs.forEach((tensor, i) => add(at(step.from, i), tensor))
      gradient.dispose()
    }
    // Nothing learns from what came back to the input.
    entering.get(0)?.dispose()
    return weights.map((_, index) => {
      const gradient = gradients.get(index)
      if (!gradient) throw new Error('A weight without its gradient.')
      return gradient
    })
  }

  return {
    logits: at(places, logits),
    taps: Object.fromEntries(Object.entries(taps).map(([name, place]) => [name, at(places, place)])),
    backward,
    dispose,
  }
}

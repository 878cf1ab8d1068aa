/** Of one example, without the batch: [784], [28, 28, 1]. */
export type Shape = readonly number[]

export const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1)

/** What a layer learns. */
export interface WeightSpec {
  /** "kernel" within its layer, "layer-1/kernel" within a network. */
  name: string
  shape: Shape
  /** `he`: uniform over ±√(6 / fanIn) (He et al. 2015, equation 10, as a uniform distribution). */
  start: 'he' | 'zeros'
  /** Values that are summed for one output. */
  fanIn: number
  /** Whether the penalty of weight decay acts on it. */
  decays: boolean
}

/** Shapes and counts of one kind of layer; workers/trainer/layers computes with it. */
export interface LayerCard<Settings> {
  /** @throws RangeError where it cannot read such inputs or has such settings */
  output(inputs: readonly Shape[], settings: Settings): Shape
  /** In the order in which they are stored. */
  weights(inputs: readonly Shape[], settings: Settings): readonly WeightSpec[]
  /** Multiply-accumulates of one example in a forward pass. */
  macs(inputs: readonly Shape[], settings: Settings): number
  /** Random numbers that one example takes in a training step. */
  draws(inputs: readonly Shape[], settings: Settings): number
}

/** @throws RangeError unless there is exactly one */
export function onlyInput(inputs: readonly Shape[]): Shape {
  const [input, ...more] = inputs
  if (input === undefined || more.length > 0) throw new RangeError(`reads one input, not ${inputs.length}`)
  return input
}

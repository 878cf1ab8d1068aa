import type { Tensor } from '@tensorflow/tfjs-core'
import { nativeBackend } from './native-binding.ts'
import type { Tf, TrainingOps, Updated } from './training-ops.ts'

/** TensorFlow gives every variable of this name a name of its own (ResourceHandle::ANONYMOUS_NAME). */
const anonymous = 'cd2c89b7-88b7-44c8-ad83-06c2a9158347'

/**
 * Adam and SGD by TensorFlow's own kernels: one pass, where tfjs' terms take a dozen. The kernels work on variables, so
 * weight and moments become variables for one step. Moments change in place.
 *
 * TensorFlow computes 1 − beta2 in float32: for 0.999 the second moment is 5e-5 larger, relatively, than on the other
 * engines, and a step 2e-5 smaller.
 */
export function createNativeOptimizers(tf: Tf): Pick<TrainingOps, 'adam' | 'momentum' | 'nesterov'> {
  const backend = nativeBackend(tf)
  const { binding } = backend
  const ofFloats = (name: string) => ({ name, type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT })
  const flag = (name: string, value: boolean) => ({ name, type: binding.TF_ATTR_BOOL, value })
  const text = (name: string, value: string) => ({ name, type: binding.TF_ATTR_STRING, value })

  const idOf = (tensor: Tensor): number => {
    const [id] = backend.getInputTensorIds([tensor])
    if (id === undefined) throw new Error('A tensor without its data.')
    return id
  }
  const run = (...[name, attributes, inputs]: Parameters<typeof binding.executeOp>) => {
    const [output] = binding.executeOp(name, attributes, inputs, 1)
    if (!output) throw new Error(`${name} gave nothing.`)
    return output
  }
  /** A variable that shares the data of a tensor. */
  const openVariable = (tensor: Tensor): number => {
    const shape = { name: 'shape', type: binding.TF_ATTR_SHAPE, value: tensor.shape }
    const attributes = [text('container', ''), text('shared_name', anonymous), ofFloats('dtype'), shape]
    const { id } = run('VarHandleOp', attributes, [], 1)
    binding.executeOp('AssignVariableOp', [ofFloats('dtype')], [id, idOf(tensor)], 0)
    return id
  }
  const readVariable = (id: number) => run('ReadVariableOp', [ofFloats('dtype')], [id], 1)
  const closeVariable = (id: number): void => {
    binding.executeOp('DestroyResourceOp', [flag('ignore_lookup_error', true)], [id], 0)
    binding.deleteTensor(id)
  }

  /** @param inputs what follows the variables: numbers, and the gradient where it belongs */
  function update(
    kernel: string,
    weight: Tensor,
    moments: Tensor[],
    inputs: (number | Tensor)[],
    nesterov: boolean,
  ): Updated {
    const variables = [weight, ...moments].map(openVariable)
    const numbers: number[] = []
    const ids = inputs.map((input) => {
      if (typeof input !== 'number') return idOf(input)
      const id = binding.createTensor([], binding.TF_FLOAT, Float32Array.of(input))
      numbers.push(id)
      return id
    })
    // A variable that alone holds its data is changed in place, without a copy.
    const held = moments.map((moment) => backend.tensorMap.get(moment.dataId))
    for (const { id } of held) binding.deleteTensor(id)
    const [ofWeight = -1, ...ofMoments] = variables
    try {
      const attributes = [ofFloats('T'), flag('use_locking', false), flag('use_nesterov', nesterov)]
      binding.executeOp(kernel, attributes, [...variables, ...ids], 0)
      return { weight: backend.createOutputTensor(readVariable(ofWeight)), moments }
    } finally {
      held.forEach((data, i) => (data.id = readVariable(ofMoments[i] ?? -1).id))
      variables.forEach(closeVariable)
      for (const id of numbers) binding.deleteTensor(id)
    }
  }

  /** The gradient with its L2 penalty; where one is made, it is gone when `use` returns. */
  function withPenalty<T>(gradient: Tensor, weight: Tensor, decay: number, use: (g: Tensor) => T): T {
    if (decay === 0) return use(gradient)
    const penalised = tf.tidy(() => tf.add(gradient, tf.mul(weight, decay)))
    try {
      return use(penalised)
    } finally {
      penalised.dispose()
    }
  }

  const descend =
    (nesterov: boolean): TrainingOps['momentum'] =>
    (weight, gradient, velocity, { rate, momentum, decay }) =>
      withPenalty(gradient, weight, decay, (g) =>
        update('ResourceApplyMomentum', weight, [velocity], [rate, g, momentum], nesterov),
      )
  return {
    adam: (weight, gradient, first, second, { rate, beta1, beta2, correction2, epsilon, decay }) =>
      withPenalty(gradient, weight, decay, (g) => {
        // The kernel leaves the second moment uncorrected: √(c·v) + ε = √c · (√v + ε/√c). Its own corrections are off.
        const root = Math.sqrt(correction2)
        const numbers = [0, 0, rate / root, beta1, beta2, epsilon / root]
        return update('ResourceApplyAdam', weight, [first, second], [...numbers, g], false)
      }),
    momentum: descend(false),
    nesterov: descend(true),
  }
}

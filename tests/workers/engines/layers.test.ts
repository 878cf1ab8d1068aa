import { describe, expect, test } from 'vitest'
import { sizeOf } from '../../../core/networks/layers/layer.ts'
import { layerCards, type LayerKind } from '../../../core/networks/layers/registry.ts'
import type { Mode } from '../../../workers/trainer/layers/layer.ts'
import { makeLayer } from '../../../workers/trainer/layers/registry.ts'
import { engines, onEngine } from '../../support/engines.ts'
import { layerCases, type Rows } from '../../support/layers.ts'
import { differences } from '../../support/reference-training.ts'
import { uniform } from '../../support/tensors.ts'

const batch = 6
const index = 2
const modes: Mode[] = ['evaluation', { seed: 3, step: 5 }]

const rowsOf = (values: ArrayLike<number>, width: number): Rows =>
  Array.from({ length: batch }, (_, row) =>
    Array.from({ length: width }, (_unused, i) => values[row * width + i] ?? 0),
  )

/** Every example of one kind, in each mode: what the card says of it, and what an engine computes. */
function examplesOf<Kind extends LayerKind>(kind: Kind) {
  const card = layerCards[kind]
  const { examples, reference } = layerCases[kind]
  return examples.flatMap((example) =>
    modes.map((mode) => {
      const { settings, inputs } = example
      const weights = card.weights(inputs, settings)
      const of = (what: string, sizes: number[]) =>
        sizes.map((size, i) => uniform(size, 'layer', kind, what, i))
      return {
        kind,
        title: `${kind} ${JSON.stringify(settings)}, ${mode === 'evaluation' ? mode : 'training'}`,
        mode,
        example,
        weights,
        output: card.output(inputs, settings),
        macs: card.macs(inputs, settings),
        draws: card.draws(inputs, settings),
        inputValues: of(
          'input',
          inputs.map((shape) => batch * sizeOf(shape)),
        ),
        weightValues: of(
          'weight',
          weights.map(({ shape }) => sizeOf(shape)),
        ),
        make: (engine: Parameters<typeof makeLayer>[0]) =>
          makeLayer<Kind>(engine, { name: 'node', kind, from: ['input'], settings }, index),
        forward: (given: readonly Float64Array[]): number[] =>
          reference(
            inputs.map((shape, i) => rowsOf(given[i] ?? [], sizeOf(shape))),
            given.slice(inputs.length),
            settings,
            { mode, index },
          ).flat(),
      }
    }),
  )
}

const kinds: LayerKind[] = ['dense', 'relu', 'dropout']
const cases = kinds.flatMap((kind): ReturnType<typeof examplesOf>[number][] => examplesOf(kind))

test('every kind of layer is tested', () => {
  expect(kinds.toSorted()).toEqual(Object.keys(layerCards).toSorted())
})

describe.each(cases)('$title', ({ example, mode, weights, output, macs, draws, ...layer }) => {
  test('has the shapes and counts of a count by hand', () => {
    expect(output).toEqual(example.output)
    expect(Object.fromEntries(weights.map(({ name, shape }) => [name, shape]))).toEqual(example.weights)
    expect({ macs, draws }).toEqual({ macs: example.macs, draws: example.draws })
  })

  test.each(engines.map((engine) => ({ engine })))(
    'on $engine gives the values and gradients of the layer longhand, and leaves no tensor',
    async ({ engine }) => {
      const given = [...layer.inputValues, ...layer.weightValues].map((values) => Float64Array.from(values))
      const entering = uniform(batch * sizeOf(output), 'layer', 'entering')
      const loss = (at: readonly Float64Array[]): number =>
        layer.forward(at).reduce((sum, value, i) => sum + value * (entering[i] ?? Number.NaN), 0)
      const expected = differences(loss, given)

      const made = await onEngine(engine, (loaded) => {
        const { tf } = loaded
        const before = tf.memory().numTensors
        const inputs = example.inputs.map((shape, i) =>
          tf.tensor(layer.inputValues[i] ?? new Float32Array(0), [batch, ...shape]),
        )
        const own = weights.map(({ shape }, i) =>
          tf.tensor(layer.weightValues[i] ?? new Float32Array(0), [...shape]),
        )
        const gradient = tf.tensor(entering, [batch, ...output])
        const bound = layer.make(loaded)
        const forward = bound.forward(inputs, own, mode)
        const visit = { inputs, weights: own, ...forward, mode }
        const backward = bound.backward(gradient, visit, true)
        const unwanted = bound.backward(gradient, visit, false)
        const read = {
          shape: forward.output.shape,
          output: Array.from(forward.output.dataSync()),
          gradients: [...backward.inputs, ...backward.weights].map((tensor) => Array.from(tensor.dataSync())),
          unwanted: unwanted.inputs.length,
        }
        const all = [
          ...inputs,
          ...own,
          gradient,
          forward.output,
          ...forward.kept,
          ...backward.inputs,
          ...backward.weights,
          ...unwanted.weights,
        ]
        // Each of them is there, once, and is the only one left.
        expect(all.every((tensor) => !tensor.isDisposed)).toBe(true)
        expect(new Set(all).size).toBe(all.length)
        expect(tf.memory().numTensors - before).toBe(all.length)
        for (const tensor of all) tensor.dispose()
        expect(tf.memory().numTensors).toBe(before)
        return read
      })

      expect(made.shape).toEqual([batch, ...output])
      expect(made.unwanted).toBe(0)
      const values = layer.forward(given)
      expect(made.output).toHaveLength(values.length)
      made.output.forEach((value, i) => expect(value).toBeCloseTo(values[i] ?? Number.NaN, 5))
      expect(made.gradients.map(({ length }) => length)).toEqual(expected.map(({ length }) => length))
      made.gradients.forEach((gradient, k) =>
        gradient.forEach((value, i) => expect(value).toBeCloseTo(expected[k]?.[i] ?? Number.NaN, 4)),
      )
    },
  )
})

import { describe, expect, test } from 'vitest'
import { factsOf, inputName, type LayerNode, type NetworkGraph } from '../../../core/networks/graph.ts'
import { sizeOf } from '../../../core/networks/layers/layer.ts'
import type { LayerKind } from '../../../core/networks/layers/registry.ts'
import type { Mode } from '../../../workers/trainer/layers/layer.ts'
import { buildNetwork } from '../../../workers/trainer/network/build.ts'
import { fuse } from '../../../workers/trainer/network/fuse.ts'
import { tensorsOf } from '../../../workers/trainer/network/initialise.ts'
import { engines, onEngine } from '../../support/engines.ts'
import { layerCases, type Rows } from '../../support/layers.ts'
import { differences } from '../../support/reference-training.ts'
import { uniform } from '../../support/tensors.ts'

const batch = 5
const mode: Mode = { seed: 4, step: 7 }

/** A node that is read twice and tapped, dropout behind it, and a branch that ends in a tap. */
const graph: NetworkGraph = {
  input: [6],
  nodes: [
    { name: 'a', kind: 'dense', from: ['input'], settings: { units: 7 } },
    { name: 'a/relu', kind: 'relu', from: ['a'], settings: {} },
    { name: 'a/dropout', kind: 'dropout', from: ['a/relu'], settings: { rate: 0.5 } },
    { name: 'b', kind: 'dense', from: ['a/dropout'], settings: { units: 5 } },
    { name: 'b/relu', kind: 'relu', from: ['b'], settings: {} },
    { name: 'b/dropout', kind: 'dropout', from: ['b/relu'], settings: { rate: 0.25 } },
    { name: 'side', kind: 'dense', from: ['a/relu'], settings: { units: 2 } },
    { name: 'out', kind: 'dense', from: ['b/dropout'], settings: { units: 3 } },
  ],
  logits: 'out',
  taps: [
    { name: 'early', node: 'a/relu' },
    { name: 'late', node: 'b/relu' },
    { name: 'end', node: 'side' },
  ],
}
const facts = factsOf(graph)
const weights = facts.weights.map(({ shape }, i) => uniform(sizeOf(shape), 'network', i))
const inputs = uniform(batch * 6, 'network', 'inputs')

function computeNode<Kind extends LayerKind>(
  node: LayerNode<Kind>,
  read: readonly Rows[],
  own: Float64Array[],
): Rows {
  const index = graph.nodes
    .filter(({ kind }) => kind === node.kind)
    .findIndex(({ name }) => name === node.name)
  return layerCases[node.kind].reference(read, own, node.settings, { mode, index })
}

/** Every node's output in float64, in the mode of a training. */
function longhand(at: readonly Float64Array[]): ReadonlyMap<string, Rows> {
  const rows = Array.from({ length: batch }, (_, row) => Array.from(inputs.subarray(row * 6, row * 6 + 6)))
  const outputs = new Map<string, Rows>([[inputName, rows]])
  for (const node of graph.nodes) {
    const own = (facts.weightsOf.get(node.name) ?? []).map((i) => at[i] ?? new Float64Array(0))
    outputs.set(
      node.name,
      computeNode(
        node,
        node.from.map((name) => outputs.get(name) ?? []),
        own,
      ),
    )
  }
  return outputs
}

const nodeOf = (tap: string): string => graph.taps.find(({ name }) => name === tap)?.node ?? ''
/** What the loss weighs each value with, where it enters. */
const weighing = (place: string): Float32Array =>
  uniform(batch * sizeOf(facts.shapes.get(place) ?? []), 'entering', place)

function expectedGradients(places: readonly string[]): Float64Array[] {
  const loss = (at: readonly Float64Array[]): number => {
    const outputs = longhand(at)
    return places.reduce((sum, place) => {
      const factors = weighing(place)
      return (
        sum +
        (outputs.get(place) ?? []).flat().reduce((part, value, i) => part + value * (factors[i] ?? 0), 0)
      )
    }, 0)
  }
  return differences(
    loss,
    weights.map((values) => Float64Array.from(values)),
  )
}

const entries: { where: string; logits: boolean; taps: string[] }[] = [
  { where: 'the logits', logits: true, taps: [] },
  { where: 'the logits and every tap', logits: true, taps: ['early', 'late', 'end'] },
  { where: 'one tap alone, below the logits', logits: false, taps: ['early'] },
  { where: 'a tap beside the logits', logits: false, taps: ['end'] },
  { where: 'two taps, one behind the other', logits: false, taps: ['early', 'late'] },
]

describe.each(engines.map((engine) => ({ engine })))('on $engine', ({ engine }) => {
  test.each(entries)(
    'gradients that enter at $where are those of finite differences',
    async ({ logits, taps }) => {
      const places = [...(logits ? [graph.logits] : []), ...taps.map(nodeOf)]
      const expected = expectedGradients(places)
      const outputs = longhand(weights.map((values) => Float64Array.from(values)))
      const made = await onEngine(engine, (loaded) => {
        const { tf } = loaded
        const before = tf.memory().numTensors
        const network = buildNetwork(loaded, graph, taps)
        const own = tensorsOf(loaded, facts, weights)
        const pass = network.forward(own, inputs, mode)
        const entering = (place: string) =>
          tf.tensor(weighing(place), [batch, ...(facts.shapes.get(place) ?? [])])
        const gradients = pass.backward({
          ...(logits ? { logits: entering(graph.logits) } : {}),
          taps: Object.fromEntries(taps.map((tap) => [tap, entering(nodeOf(tap))])),
        })
        const read = {
          logits: Array.from(pass.logits.dataSync()),
          taps: taps.map((tap) => Array.from(pass.taps[tap]?.dataSync() ?? [])),
          gradients: gradients.map((tensor) => Array.from(tensor.dataSync())),
        }
        // What is left is the caller's: weights and their gradients.
        pass.dispose()
        expect(tf.memory().numTensors - before).toBe(own.length + gradients.length)
        for (const tensor of [...own, ...gradients]) tensor.dispose()
        expect(tf.memory().numTensors).toBe(before)
        return read
      })
      const close = (actual: readonly number[], wanted: readonly number[], digits: number): void => {
        expect(actual).toHaveLength(wanted.length)
        actual.forEach((value, i) => expect(value).toBeCloseTo(wanted[i] ?? Number.NaN, digits))
      }
      close(made.logits, (outputs.get(graph.logits) ?? []).flat(), 4)
      taps.forEach((tap, i) => close(made.taps[i] ?? [], (outputs.get(nodeOf(tap)) ?? []).flat(), 4))
      expect(made.gradients).toHaveLength(expected.length)
      made.gradients.forEach((gradient, k) => close(gradient, [...(expected[k] ?? [])], 3))
    },
  )

  test('a tap that was not asked for cannot be read, and one that is not there cannot be asked for', async () => {
    await onEngine(engine, (loaded) => {
      const own = tensorsOf(loaded, facts, weights)
      const pass = buildNetwork(loaded, graph, ['end']).forward(own, inputs, 'evaluation')
      expect(Object.keys(pass.taps)).toEqual(['end'])
      expect(() => pass.backward({ taps: { early: loaded.tf.zeros([batch, 7]) } })).toThrow(
        /not built to be read/,
      )
      pass.dispose()
      for (const tensor of own) tensor.dispose()
      expect(() => buildNetwork(loaded, graph, ['nowhere'])).toThrow(RangeError)
    })
  })
})

describe('layers are computed in one go', () => {
  const groups = (seen: string[]): string[] =>
    fuse(graph, new Set(['out', ...seen])).map((group) => group.map(({ name }) => name).join(' '))

  test('dense, relu and dropout, where nobody else reads what stands between', () => {
    expect(groups(['side'])).toEqual(['a a/relu', 'a/dropout', 'b b/relu b/dropout', 'side', 'out'])
  })

  test('but not past a place that is read', () => {
    expect(groups(['b/relu'])).toContain('b b/relu')
    expect(groups(['b'])).toEqual(expect.arrayContaining(['b', 'b/relu', 'b/dropout']))
  })
})

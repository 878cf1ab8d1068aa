import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NetworkSpec } from '../../../core/contracts/network.ts'
import { factsOf, inputName, type NetworkGraph } from '../../../core/networks/graph.ts'
import { sizeOf } from '../../../core/networks/layers/layer.ts'
import {
  architectures,
  networkFacts,
  networkGraph,
  networkLabel,
  networkOutline,
  networkTopology,
} from '../../../core/networks/registry.ts'
import { architectureCases } from '../../support/networks.ts'

const sizes = fc.record({
  inputSize: fc.integer({ min: 1, max: 900 }),
  classes: fc.integer({ min: 2, max: 100 }),
})

// Over the registry: an architecture that has no row in tests/support/networks.ts does not compile, and none is left out here.
describe.each(Object.entries(architectureCases))('an architecture, %s', (kind, { specs, byHand, golden }) => {
  test('makes graphs whose facts are those of a count by hand', () => {
    fc.assert(
      fc.property(specs, sizes, (spec, data) => {
        const facts = networkFacts(spec, data)
        const { parameters, macs, cells, depth, draws } = facts
        expect({ parameters, macs, cells, depth, draws }).toEqual(byHand(spec, data))
        expect(facts.weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0)).toBe(parameters)
        expect(new Set(facts.weights.map(({ name }) => name)).size).toBe(facts.weights.length)
      }),
    )
  })

  test('makes valid graphs: logits of all classes, taps that exist', () => {
    fc.assert(
      fc.property(specs, sizes, (spec, data) => {
        const graph = networkGraph(spec, data)
        const { shapes } = factsOf(graph)
        expect(shapes.get(inputName)?.reduce((product, size) => product * size, 1)).toBe(data.inputSize)
        expect(shapes.get(graph.logits)).toEqual([data.classes])
        for (const { node } of graph.taps) expect(shapes.has(node)).toBe(true)
      }),
    )
  })

  test('has a schema that takes what it describes, key by key', () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const text = JSON.stringify(spec)
        expect(JSON.stringify(NetworkSpec.parse(JSON.parse(text)))).toBe(text)
        expect(Object.keys(spec)).toEqual(['kind', ...Object.keys(architectures[spec.kind].fields)])
      }),
    )
    expect(NetworkSpec.safeParse({ ...golden.spec, extra: 1 }).success).toBe(false)
    expect(NetworkSpec.safeParse({ ...golden.spec, kind: 'none' }).success).toBe(false)
    expect(golden.spec.kind).toBe(kind)
  })

  test('has its label, its outline, its topology and the names of its weights as stored runs have them', () => {
    const { spec, data } = golden
    expect(networkLabel(spec)).toBe(golden.label)
    expect(networkOutline(spec, data)).toBe(golden.outline)
    expect(JSON.stringify(networkTopology(spec, data))).toBe(golden.topology)
    expect(networkFacts(spec, data).weights).toEqual(golden.weights)
  })
})

describe('an MLP', () => {
  const mlp = (...hidden: number[]) => ({ kind: 'mlp' as const, hidden, dropout: 0 })

  test('784-128-64-10 has 109,386 parameters and 109,184 multiply–accumulates', () => {
    const { parameters, macs } = networkFacts(mlp(128, 64), { inputSize: 784, classes: 10 })
    expect(parameters).toBe(784 * 128 + 128 + 128 * 64 + 64 + 64 * 10 + 10)
    expect(parameters).toBe(109_386)
    expect(macs).toBe(109_184)
  })

  test('without hidden layers is one matrix', () => {
    expect(networkFacts(mlp(), { inputSize: 5, classes: 3 })).toMatchObject({ parameters: 18, macs: 15 })
    expect(networkLabel(mlp())).toBe('linear')
  })

  test('with a width of zero is refused', () => {
    expect(() => networkFacts(mlp(0), { inputSize: 5, classes: 3 })).toThrow(/layer-1 width 0/)
    expect(() => networkFacts(mlp(), { inputSize: 0, classes: 3 })).toThrow(RangeError)
  })
})

describe('a graph is refused', () => {
  const good: NetworkGraph = {
    input: [3],
    nodes: [
      { name: 'a', kind: 'dense', from: ['input'], settings: { units: 4 } },
      { name: 'b', kind: 'relu', from: ['a'], settings: {} },
      { name: 'c', kind: 'dense', from: ['b'], settings: { units: 2 } },
    ],
    logits: 'c',
    taps: [{ name: 'middle', node: 'b' }],
  }
  const [a, , c] = good.nodes
  const dense = (name: string, from: string[], units = 2) => ({
    name,
    kind: 'dense' as const,
    from,
    settings: { units },
  })

  test('no: this one is good', () => {
    expect(factsOf(good)).toMatchObject({ parameters: 3 * 4 + 4 + 4 * 2 + 2, macs: 3 * 4 + 4 * 2 })
  })

  test.each<[why: string, graph: Partial<NetworkGraph>, text: RegExp]>([
    ['a node reads one that comes later', { nodes: [dense('c', ['a']), dense('a', ['input'])] }, /c reads a/],
    ['a node reads none that is there', { nodes: [dense('c', ['nobody'])] }, /c reads nobody/],
    ['two nodes have one name', { nodes: [dense('c', ['input']), dense('c', ['input'])] }, /called c/],
    ['a node is called input', { nodes: [dense('input', ['input'])], logits: 'input' }, /called input/],
    [
      'a node reads two where it takes one',
      { nodes: [dense('c', ['input', 'input'])] },
      /c reads one input, not 2/,
    ],
    ['a node reads nothing', { nodes: [dense('c', [])] }, /c reads one input, not 0/],
    [
      'a dense layer reads an image',
      { input: [4, 4, 1], nodes: [dense('c', ['input'])] },
      /c reads values in one row/,
    ],
    ['a layer has half a unit', { nodes: [dense('c', ['input'], 1.5)] }, /c width 1.5/],
    ['the logits are not there', { logits: 'd' }, /d gives no row of logits/],
    ['a tap is not there', { taps: [{ name: 'middle', node: 'd' }] }, /the tap middle reads d/],
    [
      'two taps have one name',
      {
        taps: [
          { name: 'm', node: 'a' },
          { name: 'm', node: 'b' },
        ],
      },
      /two taps/,
    ],
    ['a node is computed for nobody', { nodes: [...good.nodes, dense('d', ['b'])] }, /nothing reads d/],
    [
      'a share of dropout is 1',
      {
        nodes: [
          ...(a ? [a] : []),
          { name: 'b', kind: 'dropout', from: ['a'], settings: { rate: 1 } },
          ...(c ? [c] : []),
        ],
      },
      /b rate 1/,
    ],
  ])('where %s', (_why, changes, text) => {
    expect(() => factsOf({ ...good, taps: [], ...changes })).toThrow(text)
    expect(() => factsOf({ ...good, taps: [], ...changes })).toThrow(RangeError)
  })
})

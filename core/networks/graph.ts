import { sizeOf, type Shape, type WeightSpec } from './layers/layer.ts'
import { layerCards, type LayerKind, type LayerSettings } from './layers/registry.ts'

/** A layer in its place. */
export type LayerNode<Kind extends LayerKind = LayerKind> = {
  [Each in Kind]: {
    /** "layer-1", "layer-1/relu": its weights are called after it. */
    name: string
    kind: Each
    /** Names of the nodes that it reads, or `input`. */
    from: readonly string[]
    settings: LayerSettings[Each]
  }
}[Kind]

/** A place inside a network that can be read beside its logits. */
export interface Tap {
  /** "hidden-1" */
  name: string
  node: string
}

export interface NetworkGraph {
  input: Shape
  /** Every node stands after those that it reads. */
  nodes: readonly LayerNode[]
  /** The node whose output the logits are. */
  logits: string
  taps: readonly Tap[]
}

/** The name by which nodes read the input. */
export const inputName = 'input'

/** What can be counted of a network without training it. */
export interface NetworkFacts {
  parameters: number
  /** Multiply-accumulates of one example in a forward pass. */
  macs: number
  /** Values of one example that the forward pass computes with and makes: the input, and what layers with weights put out. */
  cells: number
  /** Layers with weights. */
  depth: number
  /** Random numbers that one example takes in a training step. */
  draws: number
  /** In the order in which they are computed and stored. */
  weights: readonly WeightSpec[]
  /** Which of these a node has, by its name. */
  weightsOf: ReadonlyMap<string, readonly number[]>
  /** Of every node's output, and of `input`. */
  shapes: ReadonlyMap<string, Shape>
}

const within = <T>(name: string, work: () => T): T => {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) throw new RangeError(`${name} ${error.message}`, { cause: error })
    throw error
  }
}

function inputsOf({ name, from }: LayerNode, shapes: ReadonlyMap<string, Shape>): Shape[] {
  return from.map((source) => {
    const shape = shapes.get(source)
    if (shape === undefined) throw new RangeError(`${name} reads ${source}, which does not stand before it`)
    return shape
  })
}

/** What one node adds to the facts, and the shape of its output. */
function countNode<Kind extends LayerKind>(node: LayerNode<Kind>, inputs: readonly Shape[]) {
  const card = layerCards[node.kind]
  return within(node.name, () => {
    const output = card.output(inputs, node.settings)
    const weights = card
      .weights(inputs, node.settings)
      .map((weight) => ({ ...weight, name: `${node.name}/${weight.name}` }))
    return {
      output,
      weights,
      macs: card.macs(inputs, node.settings),
      draws: card.draws(inputs, node.settings),
    }
  })
}

/**
 * The one place that counts what a network has and costs.
 * @throws RangeError, naming the node, for a graph that cannot be built
 */
export function factsOf(graph: NetworkGraph): NetworkFacts {
  const shapes = new Map<string, Shape>([[inputName, graph.input]])
  if (graph.input.some((size) => !Number.isInteger(size) || size < 1))
    throw new RangeError(`the input has no shape [${graph.input.join(', ')}]`)
  const weights: WeightSpec[] = []
  const weightsOf = new Map<string, number[]>()
  const sums = { macs: 0, cells: sizeOf(graph.input), depth: 0, draws: 0 }
  for (const node of graph.nodes) {
    const counted = countNode(node, inputsOf(node, shapes))
    if (shapes.has(node.name)) throw new RangeError(`two nodes are called ${node.name}`)
    shapes.set(node.name, counted.output)
    weightsOf.set(
      node.name,
      counted.weights.map((_, i) => weights.length + i),
    )
    weights.push(...counted.weights)
    sums.macs += counted.macs
    sums.draws += counted.draws
    if (counted.weights.length === 0) continue
    sums.cells += sizeOf(counted.output)
    sums.depth++
  }
  checkEnds(graph, shapes)
  const parameters = weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  return { parameters, ...sums, weights, weightsOf, shapes }
}

/** Logits and taps are there, and nothing is computed for nobody. */
function checkEnds({ nodes, logits, taps }: NetworkGraph, shapes: ReadonlyMap<string, Shape>): void {
  if (shapes.get(logits)?.length !== 1) throw new RangeError(`${logits} gives no row of logits`)
  if (new Set(taps.map(({ name }) => name)).size < taps.length) throw new RangeError('two taps have one name')
  for (const { name, node } of taps)
    if (!shapes.has(node)) throw new RangeError(`the tap ${name} reads ${node}, which is not there`)
  const read = new Set([...nodes.flatMap(({ from }) => from), logits, ...taps.map(({ node }) => node)])
  for (const { name } of nodes) if (!read.has(name)) throw new RangeError(`nothing reads ${name}`)
}

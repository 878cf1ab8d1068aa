import type { Tensor } from '@tensorflow/tfjs-core'
import {
  factsOf,
  inputName,
  type LayerNode,
  type NetworkFacts,
  type NetworkGraph,
} from '../../../core/networks/graph.ts'
import type { Engine } from '../engine/engine.ts'
import { denseRelu, denseReluDropout } from '../layers/dense.ts'
import type { Layer, Mode } from '../layers/layer.ts'
import { makeLayer } from '../layers/registry.ts'
import { fuse, type Group } from './fuse.ts'
import { startPass, type Pass, type PassPlan, type PassStep } from './pass.ts'

/** A network on an engine. Its weights are the caller's, in the order of `facts.weights`. */
export interface Network {
  graph: NetworkGraph
  facts: NetworkFacts
  /** @param inputs row-major [B, …input] */
  forward(weights: readonly Tensor[], inputs: Float32Array, mode: Mode): Pass
}

/**
 * Decides once how a graph is computed.
 * @param taps names of those that will be read; the others cost nothing
 * @throws RangeError for a graph that cannot be built, or that has no such tap
 */
export function buildNetwork(
  engine: Pick<Engine, 'tf' | 'ops'>,
  graph: NetworkGraph,
  taps: readonly string[] = [],
): Network {
  const facts = factsOf(graph)
  const plan = planPass(engine, graph, facts, taps)
  const inputSize = graph.input.reduce((product, size) => product * size, 1)
  return {
    graph,
    facts,
    forward(weights, inputs, mode) {
      const x = engine.tf.tensor(inputs, [inputs.length / inputSize, ...graph.input])
      return startPass(engine, plan, weights, x, mode)
    },
  }
}

function planPass(
  engine: Pick<Engine, 'tf' | 'ops'>,
  graph: NetworkGraph,
  { weightsOf }: NetworkFacts,
  taps: readonly string[],
): PassPlan {
  const nodeOf = (tap: string): string => {
    const found = graph.taps.find(({ name }) => name === tap)
    if (found === undefined) throw new RangeError(`there is no tap ${tap}`)
    return found.node
  }
  const seen = new Set([graph.logits, ...taps.map(nodeOf)])
  const places = new Map([[inputName, 0]])
  const learns = new Set<number>()
  const steps: PassStep[] = []
  for (const group of fuse(graph, seen)) {
    const from = group[0].from.map((name) => placeOf(places, name))
    const weights = group.flatMap(({ name }) => weightsOf.get(name) ?? [])
    const wantsInputs = from.some((place) => learns.has(place))
    steps.push({ layer: layerOf(engine, graph, group), from, weights, wantsInputs })
    places.set((group.at(-1) ?? group[0]).name, steps.length)
    if (wantsInputs || weights.length > 0) learns.add(steps.length)
  }
  return {
    steps,
    logits: placeOf(places, graph.logits),
    taps: Object.fromEntries(taps.map((tap) => [tap, placeOf(places, nodeOf(tap))])),
  }
}

function placeOf(places: ReadonlyMap<string, number>, name: string): number {
  const place = places.get(name)
  if (place === undefined) throw new Error(`${name} was made part of another step.`)
  return place
}

function layerOf(engine: Pick<Engine, 'tf' | 'ops'>, graph: NetworkGraph, group: Group): Layer {
  const [node, , last] = group
  if (last?.kind === 'dropout') return denseReluDropout(engine, last.settings.rate, indexOf(graph, last))
  return group.length > 1 ? denseRelu(engine) : makeLayer(engine, node, indexOf(graph, node))
}

/** Which of the graph's nodes of its kind it is. */
const indexOf = ({ nodes }: NetworkGraph, node: LayerNode): number =>
  nodes.filter(({ kind }) => kind === node.kind).indexOf(node)

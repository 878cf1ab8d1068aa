import type { LayerNode } from '../../../core/networks/graph.ts'
import type { LayerKind, LayerSettings } from '../../../core/networks/layers/registry.ts'
import type { Engine } from '../engine/engine.ts'
import { dense } from './dense.ts'
import { dropout } from './dropout.ts'
import type { Layer, MakeLayer } from './layer.ts'
import { relu } from './relu.ts'

/** How each kind of layer computes. */
const makers: { readonly [Kind in LayerKind]: MakeLayer<LayerSettings[Kind]> } = { dense, relu, dropout }

/** @param index which of the network's layers of its kind it is, from 0 */
export const makeLayer = <Kind extends LayerKind>(
  engine: Pick<Engine, 'tf' | 'ops'>,
  node: LayerNode<Kind>,
  index: number,
): Layer => makers[node.kind](engine, node.settings, index)

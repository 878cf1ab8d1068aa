import { dense } from './dense.ts'
import { dropout } from './dropout.ts'
import type { LayerCard } from './layer.ts'
import { relu } from './relu.ts'

const layers = { dense, relu, dropout }

export type LayerKind = keyof typeof layers
export type LayerSettings = {
  [Kind in LayerKind]: (typeof layers)[Kind] extends LayerCard<infer Settings> ? Settings : never
}

/** Every kind of layer of this version. */
export const layerCards: { readonly [Kind in LayerKind]: LayerCard<LayerSettings[Kind]> } = layers

import type { z } from 'zod'
import type { Architecture, Sizes } from './architecture.ts'
import { factsOf, type NetworkFacts, type NetworkGraph } from './graph.ts'
import { mlp } from './mlp/architecture.ts'

const families = { mlp }

export type ArchitectureKind = keyof typeof families
type Specs = { [Kind in ArchitectureKind]: z.infer<(typeof families)[Kind]['schema']> }

/** Every architecture of this version. */
export const architectures: { readonly [Kind in ArchitectureKind]: Architecture<Specs[Kind]> } = families

/** Of what protocols hold, to be told apart by `kind`. */
export const networkSchemas = [families.mlp.schema] as const

/** A network as a person chose it. */
export type NetworkChoice = Specs[ArchitectureKind]

type SpecOf<Kind extends ArchitectureKind> = { [Each in Kind]: Specs[Each] & { kind: Each } }[Kind]

/** "MLP 800-800", or "linear" for a network without hidden layers. */
export const networkLabel = <Kind extends ArchitectureKind>(spec: SpecOf<Kind>): string =>
  architectures[spec.kind].label(spec)

/** With input and classes: "784-800-800-10". */
export const networkOutline = <Kind extends ArchitectureKind>(spec: SpecOf<Kind>, sizes: Sizes): string =>
  architectures[spec.kind].outline(spec, sizes)

/** @throws RangeError for widths that make no network */
export const networkGraph = <Kind extends ArchitectureKind>(spec: SpecOf<Kind>, sizes: Sizes): NetworkGraph =>
  architectures[spec.kind].graph(spec, sizes)

/** Parameters, multiply-accumulates, weights. @throws RangeError for widths that make no network */
export const networkFacts = (spec: NetworkChoice, sizes: Sizes): NetworkFacts =>
  factsOf(networkGraph(spec, sizes))

/** What topology.json says beside the list of weights. */
export const networkTopology = <Kind extends ArchitectureKind>(
  spec: SpecOf<Kind>,
  sizes: Sizes,
): Readonly<Record<string, unknown>> => architectures[spec.kind].topology(spec, sizes)

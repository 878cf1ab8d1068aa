import type { z } from 'zod'
import type { Range } from '../numbers/range.ts'
import type { NetworkGraph } from './graph.ts'

/** Of the data that a network is for. */
export interface Sizes {
  inputSize: number
  classes: number
}

/** A setting that is a number. */
export interface NumberField {
  label: string
  range: Range
}

/** A setting that is the widths of a row of layers. */
export interface WidthsField {
  label: string
  most: number
  widest: number
  /** Where what is typed is none. */
  say: string
}

/** A family of networks: what a person chooses of it, and what that makes. */
export interface Architecture<Spec extends { kind: string }> {
  /** As protocols hold it. Part of what is frozen: it never gets narrower. */
  schema: z.ZodType<Spec> & z.core.$ZodTypeDiscriminable
  /** Of all settings but the kind, in the order of the form. */
  fields: {
    readonly [Key in Exclude<keyof Spec, 'kind'>]: Spec[Key] extends number ? NumberField : WidthsField
  }
  /** "MLP 800-800" */
  label(spec: Spec): string
  /** With input and classes: "784-800-800-10". */
  outline(spec: Spec, sizes: Sizes): string
  graph(spec: Spec, sizes: Sizes): NetworkGraph
  /** What topology.json says beside the list of weights. */
  topology(spec: Spec, sizes: Sizes): Readonly<Record<string, unknown>>
}

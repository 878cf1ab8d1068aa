import type { z } from 'zod'
import type { Range } from '../numbers/range.ts'

/** One setting of a method, a number: all that a form, an address, an arm's id and a page need to know of it. */
export interface FieldSpec {
  /** As protocols hold it. Part of what is frozen: it never gets narrower. */
  schema: z.ZodNumber
  /** What a person may choose: within what the schema takes. */
  range: Range
  /** Of its row in the form. */
  label: string
  /** Under its row. */
  hint?: string
  /** Values to start with, the first where no other arm has it. */
  starts: readonly [number, ...number[]]
  /** Of the formulas, where it has one: "T". */
  symbol?: string
  /** The setting with its value, in labels and details: "T 4". No two values have the same word. */
  word: (value: number) => string
  /** The same where there is little room: "w 0.9". */
  shortWord?: (value: number) => string
  /** Before the number in the id of an arm: "t" of `soft-targets-t4`. */
  slug: string
  /** Part of every arm's id; other settings stand in it only where ids would be equal without them. */
  namesTheArm?: true
  /** The weight of what the teacher says: with 0 in all of these a method has no teacher. */
  weighsTheTeacher?: true
  /** Key of a setting with which this one usually makes 1: then it is not worth a word. */
  restOf?: string
  /** What the protocol's page adds to its name and value. */
  explained?: string
}

/** The settings of a method by their names in the protocol, in the order in which it stores them. */
export type FieldSpecs = Readonly<Record<string, FieldSpec>>

export type Settings<Fields extends FieldSpecs> = { readonly [Key in keyof Fields]: number }

/** A setting of a method with its value. */
export interface SettingOf {
  key: string
  spec: FieldSpec
  value: number
}

import { z } from 'zod'
import type { FieldSpec, FieldSpecs, SettingOf, Settings } from './field.ts'
import type { LossLine } from './formula.ts'
import type { Loss } from './loss-terms.ts'
import type { BatchLoss, ReferenceBatch } from './reference-terms.ts'

export type MethodRole = 'control' | 'regularisation' | 'distillation'

/**
 * What a method learns from beside the labels. `logits`: the teacher's, of every training example.
 * To come with networks that have taps: `features`, with the taps of teacher and student, and adapters that are trained along.
 */
export interface Needs {
  teacher: 'none' | 'logits'
  /** Training examples outside the labelled ones, without their labels. */
  unlabelled: boolean
}

/**
 * How the form of a new experiment offers a method. `always`: every experiment has it, with its start values where none is
 * asked for; its setting may be typed several times. `arms`: any number of arms, each with settings of its own. `shared`: at
 * most one arm, whose settings are those of its group, so that only the methods differ; `beside` describes it next to
 * another of the group. Keys stand in addresses that people have saved: they never change.
 */
export type Offer = { detail: string } & (
  | { kind: 'always' }
  | { kind: 'arms'; key: string }
  | { kind: 'shared'; group: OfferGroup; key: string; beside?: string }
)

/** Methods that share their settings. */
export interface OfferGroup {
  key: string
  /** Of the settings. */
  label: string
}

/** What every method says of itself, whatever its settings are. */
interface Described {
  /** "Soft targets" */
  label: string
  /** For charts with little room, ever shorter; an empty one leaves the settings alone where one of them names the arm. */
  short: readonly string[]
  /** Paper, or what it is for. */
  origin: string
  role: MethodRole
  offer: Offer
  /** The terms of an example in the notation of docs/distillation.md, before the mean over the batch. */
  terms: { labelled: string; unlabelled?: string }
  /** What the protocol's page says before and after the settings. */
  remark?: { before?: string; after?: string }
}

/** What the trainer gives to every loss. */
export interface Frame {
  classes: number
  /** Of the training set; those of unlabelled examples are never read. */
  labels: Int32Array
  /** Of the training set, row-major [N, classes]; null where there is no teacher. */
  teacher: Float32Array | null
}
export type TaughtFrame = Frame & { teacher: Float32Array }
export type TaughtReferenceBatch = ReferenceBatch & { teacher: readonly (readonly number[])[] }

/** `reference`: float64, as the paper writes it, for tests and for reading. `loss`: what the trainer calls. */
type Losses<Fields extends FieldSpecs> =
  | {
      teacher: 'none'
      reference: (settings: Settings<Fields>, batch: ReferenceBatch) => BatchLoss
      loss: (settings: Settings<Fields>, frame: Frame) => Loss
    }
  | {
      teacher: 'logits'
      reference: (settings: Settings<Fields>, batch: TaughtReferenceBatch) => BatchLoss
      loss: (settings: Settings<Fields>, frame: TaughtFrame) => Loss
    }

type Definition<Name extends string, Fields extends FieldSpecs> = Described & {
  /** In protocols, addresses and ids. */
  name: Name
  /** In the order in which protocols store them. One named `unlabelledShare` says that the method uses unlabelled examples. */
  fields: Fields
  /** In the order in which names and forms list them, where that is another. */
  listed?: readonly (keyof Fields & string)[]
  formula: (settings: Settings<Fields>) => readonly LossLine[]
} & Losses<Fields>

/** A method that is one of many; `MethodOf` knows which. */
export interface MethodCard extends Described {
  name: string
  needs: Needs
  /** Its settings as protocols store them. */
  stored: readonly Setting[]
  /** Its settings as names and forms list them. */
  listed: readonly Setting[]
  /** Binds the settings of a method of this name. Throws where they are not those of this method. */
  open: (method: { name: string }) => OpenMethod
}

export interface Setting {
  key: string
  spec: FieldSpec
}

export interface MethodOf<Name extends string, Fields extends FieldSpecs> extends MethodCard {
  name: Name
  schema: MethodSchema<Name, Fields>
  /** With its start values. */
  start: z.output<MethodSchema<Name, Fields>>
}

type MethodSchema<Name extends string, Fields extends FieldSpecs> = z.ZodObject<
  { [Key in 'name' | keyof Fields]: Key extends 'name' ? z.ZodLiteral<Name> : z.ZodNumber },
  z.core.$strict
>

/** A method with its settings: nothing outside its folder asks which one it is. */
export interface OpenMethod {
  card: MethodCard
  stored: readonly SettingOf[]
  listed: readonly SettingOf[]
  /** Share of every batch without labels; 0 where the method uses labelled examples alone. */
  unlabelledShare: number
  formula: () => readonly LossLine[]
  /** @throws RangeError for an empty batch, a missing teacher, or unlabelled examples that the method cannot use. */
  reference: (batch: ReferenceBatch) => BatchLoss
  /** @throws RangeError where a method that learns from a teacher is given none. */
  loss: (frame: Frame) => Loss
}

/** Makes the card of a method, and binds settings to its functions where it is opened. */
export function defineMethod<const Name extends string, const Fields extends FieldSpecs>(
  definition: Definition<Name, Fields>,
): MethodOf<Name, Fields> {
  const { name, fields, label, short, origin, role, offer, terms, remark } = definition
  const schema = schemaOf(name, fields)
  const stored = Object.entries<FieldSpec>(fields).map(([key, spec]): Setting => ({ key, spec }))
  const listed = (definition.listed ?? stored.map(({ key }) => key)).map((key) => settingNamed(stored, key))
  const needs: Needs = { teacher: definition.teacher, unlabelled: 'unlabelledShare' in fields }
  const start = schema.parse({
    name,
    ...Object.fromEntries(stored.map(({ key, spec }) => [key, spec.starts[0]])),
  })
  const card: MethodOf<Name, Fields> = {
    name,
    label,
    short,
    origin,
    role,
    offer,
    terms,
    needs,
    stored,
    listed,
    schema,
    start,
    ...(remark === undefined ? {} : { remark }),
    open: (method) => {
      const settings = settingsOf<Name, Fields>(schema.parse(method))
      const valued = ({ key, spec }: Setting): SettingOf => ({
        key,
        spec,
        value: settings[key] ?? Number.NaN,
      })
      return {
        card,
        stored: stored.map(valued),
        listed: listed.map(valued),
        unlabelledShare: needs.unlabelled ? (settings['unlabelledShare'] ?? Number.NaN) : 0,
        formula: () => definition.formula(settings),
        reference: (batch) => {
          checkBatch(card, batch)
          if (definition.teacher === 'none') return definition.reference(settings, batch)
          const { teacher } = batch
          if (teacher === null) throw new RangeError(`${name} needs the teacher's logits`)
          return definition.reference(settings, { ...batch, teacher })
        },
        loss: (frame) => {
          if (definition.teacher === 'none') return definition.loss(settings, frame)
          const { teacher } = frame
          if (teacher === null) throw new RangeError(`${name} learns from a teacher, and none was given`)
          return definition.loss(settings, { ...frame, teacher })
        },
      }
    },
  }
  return card
}

function settingNamed(settings: readonly Setting[], key: string): Setting {
  const found = settings.find((setting) => setting.key === key)
  if (found === undefined) throw new RangeError(`there is no setting ${key}`)
  return found
}

function checkBatch({ name, needs }: MethodCard, { student, labels }: ReferenceBatch): void {
  if (student.length === 0) throw new RangeError('a batch needs at least one example')
  if (!needs.unlabelled && labels.length < student.length)
    throw new RangeError(`${name} learns from labelled examples only`)
}

/** The compiler cannot see that a shape made of entries has the keys of what they came from. */
function schemaOf<Name extends string, Fields extends FieldSpecs>(
  name: Name,
  fields: Fields,
): MethodSchema<Name, Fields> {
  const settings = Object.entries<FieldSpec>(fields).map(([key, { schema }]) => [key, schema])
  return z.strictObject({
    name: z.literal(name),
    ...Object.fromEntries(settings),
  }) as unknown as MethodSchema<Name, Fields>
}

/** What the schema let through has its name and one number for each field. */
function settingsOf<Name extends string, Fields extends FieldSpecs>(
  method: z.output<MethodSchema<Name, Fields>>,
): Settings<Fields> {
  const { name: _name, ...settings } = method as Record<string, unknown>
  return settings as Settings<Fields>
}

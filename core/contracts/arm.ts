import { z } from 'zod'
import { methods } from '../methods/registry.ts'

export const ArmRole = z.enum(['teacher', 'control', 'regularisation', 'distillation'])
export type ArmRole = z.infer<typeof ArmRole>

/** The compiler forgets that `map` keeps every card in its place. */
const schemasOf = <const Cards extends readonly { schema: unknown }[]>(cards: Cards) =>
  cards.map(({ schema }) => schema) as unknown as { [Index in keyof Cards]: Cards[Index]['schema'] }

/** One training condition of the student. The formulas stand in docs/distillation.md. */
export const Method = z.discriminatedUnion('name', schemasOf(methods))
export type Method = z.infer<typeof Method>
export type MethodName = Method['name']

/** An arm's id: a slug made from its method and settings, the same wherever the protocol is the same. */
export const ArmId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)

export const Arm = z.strictObject({
  id: ArmId,
  role: ArmRole.exclude(['teacher']),
  method: Method,
})
export type Arm = z.infer<typeof Arm>

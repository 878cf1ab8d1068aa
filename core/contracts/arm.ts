import { z } from 'zod'

export const ArmRole = z.enum(['teacher', 'control', 'regularisation', 'distillation'])
export type ArmRole = z.infer<typeof ArmRole>

const softTargets = {
  temperature: z.number().positive().max(1000),
  /** Weight of the cross-entropy with the true labels. */
  hardLabelWeight: z.number().min(0),
  /** Weight of the soft-target term, after its factor T². */
  softTargetWeight: z.number().min(0),
}
/** Share of every batch that is drawn from the unlabelled examples, more than 0 and less than 1. */
const unlabelledShare = z.number().gt(0).lt(1)

/** One training condition of the student. The formulas stand in docs/distillation.md. */
export const Method = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('scratch') }),
  z.strictObject({ name: z.literal('label-smoothing'), smoothing: z.number().gt(0).lt(1) }),
  z.strictObject({ name: z.literal('soft-targets'), ...softTargets }),
  z.strictObject({ name: z.literal('soft-targets-unlabelled'), ...softTargets, unlabelledShare }),
  z.strictObject({ name: z.literal('hard-labels-unlabelled'), ...softTargets, unlabelledShare }),
])
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

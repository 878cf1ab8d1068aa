import { hardLabelsUnlabelled } from './hard-labels-unlabelled/card.ts'
import { labelSmoothing } from './label-smoothing/card.ts'
import { logitMatching } from './logit-matching/card.ts'
import type { MethodCard, OpenMethod } from './method.ts'
import { scratch } from './scratch/card.ts'
import { softTargets } from './soft-targets/card.ts'
import { softTargetsUnlabelled } from './soft-targets-unlabelled/card.ts'

/** Every method of this version, in the order in which forms and tables list them. */
export const methods = [
  scratch,
  labelSmoothing,
  softTargets,
  softTargetsUnlabelled,
  hardLabelsUnlabelled,
  logitMatching,
] as const

const byName = new Map<string, MethodCard>(methods.map((card) => [card.name, card]))

/** @throws RangeError for a name that no method has. */
export function cardOf(name: string): MethodCard {
  const card = byName.get(name)
  if (card === undefined) throw new RangeError(`there is no method ${name}`)
  return card
}

/** A method with its settings; null is a teacher, which is trained as the control is. */
export const openMethod = (method: { name: string } | null): OpenMethod =>
  method === null ? scratch.open(scratch.start) : cardOf(method.name).open(method)

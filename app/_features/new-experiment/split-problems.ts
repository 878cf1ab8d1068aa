import type { PlanPreview } from '../../../core/contracts/plan-preview.ts'
import type { FormState } from './form-state.ts'
import { countWithFields } from './arms/method-fields.ts'
import { alwaysFieldAt } from './arms/read-methods.ts'
import type { Problems } from './reading.ts'

const shown =
  /^(question|data|labelsPerSeed|seeds|moreLooks|firstSeed|margin|margins\.\w+|alpha|spread|engine|methods(\.\d+\.\w+)?|(teacher|student)\..+)$/

/**
 * The API's problems: those that a field of the form shows, and the others as one text. Of the methods of a draft the
 * first have fields of their own, then come those that the form only carries, then those that are always there, with one field each.
 */
export function splitProblems(
  problems: PlanPreview['problems'],
  { methods, others }: Pick<FormState, 'methods' | 'others'>,
): { fields: Problems; rest: string | null } {
  const withFields = countWithFields(methods)
  const fields: Problems = {}
  const rest: string[] = []
  for (const { path, message } of problems) {
    const arm = /^methods\.(\d+)(\.\w+)?$/.exec(path)
    const index = Number(arm?.[1] ?? 0)
    const behind = index - withFields - others.length
    if (arm !== null && behind >= 0) fields[alwaysFieldAt(methods, behind)] ??= message
    // What concerns an arm as a whole, or one without fields, stands under the arms.
    else if (arm !== null && (arm[2] === undefined || index >= withFields)) fields['methods'] ??= message
    else if (shown.test(path)) fields[path] ??= message
    else rest.push(message)
  }
  return { fields, rest: rest.length === 0 ? null : rest.join(' ') }
}

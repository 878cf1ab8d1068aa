import type { PlanPreview } from '../../../core/contracts/plan-preview.ts'
import type { Problems } from './to-draft.ts'

const shown =
  /^(question|data|labelsPerSeed|seeds|moreLooks|firstSeed|margin|margins\.\w+|alpha|spread|engine|methods(\.\d+\.\w+)?|(teacher|student)\..+)$/

/** The API's problems: those that a field of the form shows, and the others as one text. */
export function splitProblems(problems: PlanPreview['problems']): { fields: Problems; rest: string | null } {
  const fields: Problems = {}
  const rest: string[] = []
  for (const { path, message } of problems) {
    // What concerns an arm as a whole stands under the arms.
    if (/^methods\.\d+$/.test(path)) fields['methods'] ??= message
    else if (shown.test(path)) fields[path] ??= message
    else rest.push(message)
  }
  return { fields, rest: rest.length === 0 ? null : rest.join(' ') }
}

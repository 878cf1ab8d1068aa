import { counted } from '../../_ui/format.ts'
import { dataNames } from './data-names.ts'
import type { FormState } from './form-state.ts'
import { countOf, widthsOf } from './read-number.ts'

/** The question that follows from the choice of data, labels and networks. */
export function defaultQuestion(form: Pick<FormState, 'data' | 'labels' | 'teacher' | 'student'>): string {
  const labels = countOf(form.labels)
  const scarce = labels === null || labels < 1 ? '' : ` with ${counted(labels, 'label')}`
  return `Does distilling ${label(form.teacher.hidden)} make ${label(form.student.hidden)} better on ${dataNames[form.data].asked}${scarce}?`
}

function label(hidden: string): string {
  const widths = widthsOf(hidden) ?? []
  return widths.length === 0 ? 'a linear model' : `an MLP ${widths.join('-')}`
}

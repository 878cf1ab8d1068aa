import { judgedOf } from '../../../core/metrics/registry.ts'
import type { ExperimentDraftInput } from '../../../core/contracts/protocol.ts'
import { inUnit } from '../../../core/numbers/range.ts'
import { ranges } from '../../../core/planning/ranges.ts'
import { isVisible } from '../../../core/text/visible.ts'
import { readMethods } from './arms/read-methods.ts'
import { defaultQuestion } from './default-question.ts'
import { marginKeys } from './form-state.ts'
import type { FormState } from './form-state.ts'
import { marginUnit } from './margin-unit.ts'
import { readLooks } from './read-looks.ts'
import { readNetwork } from './read-network.ts'
import { createReading } from './reading.ts'
import type { Problems, Reading } from './reading.ts'

/** `spread`: what the person assumes of chance, in the metric's own units; for the preview alone. */
export type DraftReading =
  | { draft: ExperimentDraftInput; spread: number | undefined; problems: null }
  | { draft: null; problems: Problems }

/**
 * Turns the form into a draft that the API's schema accepts, or says which fields it cannot be made from.
 * `trainExamples` is what "all" labels stand for. What depends on the data or on other fields (more labels than
 * examples, a margin of 0, equal arms) is left to the API, which knows.
 */
export function toDraft(form: FormState, trainExamples: number): DraftReading {
  const reading = createReading()
  const { problems, number } = reading
  const all = form.labels.trim().toLowerCase() === 'all'
  const question = (form.question ?? defaultQuestion(form)).trim()
  if (!isVisible(question)) problems['question'] = 'Write the question that this experiment answers.'
  if (question.length > 300) problems['question'] = 'At most 300 characters, please.'
  const primaryUnit = judgedOf(form.primaryMetric).scale
  const spread =
    form.spread.trim() === '' ? undefined : number('spread', form.spread, inUnit(ranges.spread, primaryUnit))
  const draft: ExperimentDraftInput = {
    question,
    data: form.data,
    labelsPerSeed: all ? trainExamples : number('labelsPerSeed', form.labels, ranges.labels),
    subset: form.subset,
    teacher: {
      ...readNetwork('teacher', form.teacher, reading),
      seed: number('teacher.seed', form.teacherSeed, ranges.teacherSeed),
    },
    student: readNetwork('student', form.student, reading),
    methods: readMethods(form, reading),
    ...readLooks(form, reading),
    firstSeed: number('firstSeed', form.firstSeed, ranges.firstSeed),
    primaryMetric: form.primaryMetric,
    margin: number('margin', form.margin, inUnit(ranges.margin, primaryUnit)),
    margins: readMargins(form, reading),
    alpha: number('alpha', form.alpha, ranges.alpha),
    ...(form.engine === null ? {} : { engine: form.engine }),
  }
  return Object.keys(problems).length === 0 ? { draft, spread, problems: null } : { draft: null, problems }
}

/** Empty ones are left out: the API knows the usual values. The primary metric has its margin already. */
function readMargins(form: FormState, { number }: Reading): ExperimentDraftInput['margins'] {
  return Object.fromEntries(
    marginKeys.flatMap((key): [string, number][] => {
      const text = form.margins[key]
      if (text.trim() === '' || key === form.primaryMetric) return []
      const unit = marginUnit(key, form.primaryMetric)
      return [[key, number(`margins.${key}`, text, inUnit(ranges.margin, unit))]]
    }),
  )
}

import type { Method } from '../../../core/contracts/arm.ts'
import type { ExperimentDraftInput } from '../../../core/contracts/protocol.ts'
import { usualSmoothing } from '../../../core/distillation/defaults.ts'
import { isVisible } from '../../../core/text/visible.ts'
import { marginKeys, MOST_ARMS } from './form-state.ts'
import type { FormState, SoftFields } from './form-state.ts'
import { marginUnit } from './margin-unit.ts'
import { inUnit, ranges } from '../../../core/distillation/ranges.ts'
import type { Range } from '../../../core/distillation/ranges.ts'
import { readLooks } from './read-looks.ts'
import { defaultQuestion } from './default-question.ts'
import { readNetwork } from './read-network.ts'
import { readField } from './read-number.ts'

/** What is wrong, by field: paths of the draft, as the API names them. */
export type Problems = Record<string, string>

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
  const problems: Problems = {}
  const number = (path: string, text: string, range: Range): number => {
    const found = readField(text, range)
    if ('value' in found) return found.value
    problems[path] = found.problem
    return 0
  }
  const all = form.labels.trim().toLowerCase() === 'all'
  const question = (form.question ?? defaultQuestion(form)).trim()
  if (!isVisible(question)) problems['question'] = 'Write the question that this experiment answers.'
  if (question.length > 300) problems['question'] = 'At most 300 characters, please.'
  const primaryUnit = form.primaryMetric === 'accuracy' ? 100 : 1
  const spread =
    form.spread.trim() === '' ? undefined : number('spread', form.spread, inUnit(ranges.spread, primaryUnit))
  const draft: ExperimentDraftInput = {
    question,
    data: form.data,
    labelsPerSeed: all ? trainExamples : number('labelsPerSeed', form.labels, ranges.labels),
    subset: form.subset,
    teacher: {
      ...readNetwork('teacher', form.teacher, problems, number),
      seed: number('teacher.seed', form.teacherSeed, ranges.teacherSeed),
    },
    student: readNetwork('student', form.student, problems, number),
    methods: readMethods(form, problems, number),
    ...readLooks(form, problems, number),
    firstSeed: number('firstSeed', form.firstSeed, ranges.firstSeed),
    primaryMetric: form.primaryMetric,
    margin: number('margin', form.margin, inUnit(ranges.margin, primaryUnit)),
    margins: readMargins(form, number),
    alpha: number('alpha', form.alpha, ranges.alpha),
    ...(form.engine === null ? {} : { engine: form.engine }),
  }
  return Object.keys(problems).length === 0 ? { draft, spread, problems: null } : { draft: null, problems }
}

export type ReadNumber = (path: string, text: string, range: Range) => number

/** Empty ones are left out: the API knows the usual values. The primary metric has its margin already. */
function readMargins(form: FormState, number: ReadNumber): ExperimentDraftInput['margins'] {
  return Object.fromEntries(
    marginKeys.flatMap((key): [string, number][] => {
      const text = form.margins[key]
      if (text.trim() === '' || key === form.primaryMetric) return []
      const unit = marginUnit(key, form.primaryMetric)
      return [[key, number(`margins.${key}`, text, inUnit(ranges.margin, unit))]]
    }),
  )
}

/** Label smoothing is always there; as many arms of it as there are numbers. */
function readSmoothings({ smoothing }: FormState, problems: Problems): Method[] {
  const texts = smoothing.split(/,?\s+(?!%)|;/).filter((text) => text !== '')
  const read = texts.map((text) => readField(text, ranges.share))
  const wrong = read.find((found) => 'problem' in found)
  if (texts.length === 0) problems['smoothing'] = ranges.share.say
  else if (wrong !== undefined && 'problem' in wrong) problems['smoothing'] = wrong.problem
  const values = read.flatMap((found) => ('value' in found ? [found.value] : []))
  // The usual one is there without being asked for.
  if (values.length === 1 && values[0] === usualSmoothing) return []
  return values.map((value) => ({ name: 'label-smoothing', smoothing: value }))
}

/** Soft targets first, then the arms on unlabelled examples: `methods.N` of a path counts in this order. */
function readMethods(form: FormState, problems: Problems, number: ReadNumber): Method[] {
  const softSettings = (path: string, fields: SoftFields) => {
    const settings = {
      temperature: number(`${path}.temperature`, fields.temperature, ranges.temperature),
      hardLabelWeight: number(`${path}.hardLabelWeight`, fields.hardLabelWeight, ranges.weight),
      softTargetWeight: number(`${path}.softTargetWeight`, fields.softTargetWeight, ranges.weight),
    }
    if (settings.hardLabelWeight === 0 && settings.softTargetWeight === 0) {
      problems[`${path}.softTargetWeight`] ??= 'With both weights 0 there is nothing to learn from.'
    }
    return settings
  }
  const methods: Method[] = form.soft.map((fields, index) => ({
    name: 'soft-targets',
    ...softSettings(`methods.${index}`, fields),
  }))
  const { softTargets, hardLabels, unlabelledShare } = form.unlabelled
  if (softTargets || hardLabels) {
    const path = `methods.${form.soft.length}`
    const settings = {
      ...softSettings(path, form.unlabelled),
      unlabelledShare: number(`${path}.unlabelledShare`, unlabelledShare, ranges.share),
    }
    if (softTargets) methods.push({ name: 'soft-targets-unlabelled', ...settings })
    if (hardLabels) methods.push({ name: 'hard-labels-unlabelled', ...settings })
  }
  const all = [...methods, ...form.others, ...readSmoothings(form, problems)]
  if (all.length > MOST_ARMS) {
    problems['smoothing'] ??=
      `An experiment has at most ${MOST_ARMS} arms beside the control, these are ${all.length}: leave some out.`
  }
  return all
}

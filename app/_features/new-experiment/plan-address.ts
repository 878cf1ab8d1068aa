import { judgedOf } from '../../../core/metrics/registry.ts'
import type { Protocol, SecondaryMargins } from '../../../core/contracts/protocol.ts'
import { planMargins } from '../../../core/planning/plan-margins.ts'
import { arrangeMethods } from './arms/arrange-methods.ts'
import { networkFields, typed } from './as-typed.ts'
import { defaultQuestion } from './default-question.ts'
import { toAddress } from './form-address.ts'
import { marginKeys } from './form-state.ts'
import type { FormState, MarginFields } from './form-state.ts'
import { marginUnit } from './margin-unit.ts'
import { presetState } from './presets.ts'

export interface PlanChanges {
  /** One look with so many seeds of each arm, whatever looks the protocol had. */
  seeds?: number | undefined
  firstSeed?: number | undefined
  labelsPerSeed?: number | undefined
  /** Spread between seeds to plan with, in the metric's own units; null: that of earlier experiments. */
  spread?: number | null | undefined
}

/**
 * The address of a form that is filled in from a frozen protocol, but for the changes. A question that only named the
 * settings follows them; with another number of labels no question is kept, since it may name the old one.
 */
export function planAddress(
  protocol: Protocol,
  question: string,
  changes: PlanChanges = {},
): URLSearchParams {
  const before = toForm(protocol)
  const relabelled = changes.labelsPerSeed !== undefined && changes.labelsPerSeed !== protocol.labels.perSeed
  const form: FormState = {
    ...before,
    ...(changes.labelsPerSeed === undefined
      ? {}
      : { labels: labelsText(changes.labelsPerSeed, protocol.data.train) }),
    ...(changes.firstSeed === undefined ? {} : { firstSeed: String(changes.firstSeed) }),
    ...(changes.seeds === undefined ? {} : { seeds: String(changes.seeds), after: 'one-look', looks: '' }),
    ...(changes.spread == null ? {} : { spread: spreadText(changes.spread, protocol.primaryMetric) }),
  }
  const follows = relabelled || question === defaultQuestion(before)
  return toAddress({ ...form, question: follows ? null : question })
}

function toForm(protocol: Protocol): FormState {
  const { data, primaryMetric, teacher, student } = protocol
  const start = presetState(data.name)
  const methods = protocol.arms.map((arm) => arm.method)
  return {
    ...start,
    data: data.name,
    labels: labelsText(protocol.labels.perSeed, data.train),
    subset: protocol.labels.subset,
    teacher: networkFields(teacher, start.teacher),
    student: networkFields(student, start.student),
    ...arrangeMethods(methods, start.methods),
    ...lookFields(protocol),
    firstSeed: String(protocol.seeds[0] ?? 1),
    teacherSeed: String(teacher.seed),
    engine: protocol.engine.name,
    alpha: String(protocol.alpha),
    primaryMetric,
    margin: typed(protocol.margin, judgedOf(primaryMetric).scale),
    margins: marginFields(protocol),
  }
}

function lookFields({ looks, continuation, seeds }: Protocol): Pick<FormState, 'seeds' | 'after' | 'looks'> {
  const counts = looks.map((look) => look.seeds)
  const first = String(counts[0] ?? seeds.length)
  if (continuation === 'none') return { seeds: first, after: 'one-look', looks: '' }
  if (continuation === 'on-request') {
    const [one = 0, ...further] = counts
    const usual = further.length === 1 && further[0] === 2 * one
    return { seeds: first, after: 'extension', looks: usual ? '' : further.join(', ') }
  }
  return { seeds: first, after: 'until-decided', looks: counts.join(', ') }
}

/** Empty where the margin is the usual one. */
function marginFields(protocol: Protocol): MarginFields {
  const { data, margin, margins, primaryMetric } = protocol
  const usual = planMargins({ margin, margins: {} }, data)
  const field = (key: keyof SecondaryMargins): string =>
    margins === null || key === primaryMetric || margins[key] === usual[key]
      ? ''
      : typed(margins[key], marginUnit(key, primaryMetric))
  const fields = Object.fromEntries(marginKeys.map((key) => [key, field(key)]))
  return { ...presetState(data.name).margins, ...fields }
}

const labelsText = (labels: number, all: number): string => (labels === all ? 'all' : String(labels))

/** Three significant digits, upward: a plan with a smaller spread than the one found would ask for too few seeds. */
function spreadText(spread: number, metric: Protocol['primaryMetric']): string {
  const value = Number((spread * judgedOf(metric).scale).toPrecision(12))
  if (!(value > 0)) return ''
  const unit = 10 ** (Math.floor(Math.log10(value)) - 2)
  return String(Number((Math.ceil(Number((value / unit).toPrecision(9))) * unit).toPrecision(12)))
}

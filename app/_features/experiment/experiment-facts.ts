import { primaryOf } from '../../../core/metrics/registry.ts'
import type { ExperimentPage } from '../../../core/contracts/views.ts'
import { count, counted, marginAmount, factor, short } from '../../_ui/format.ts'

/** What an experiment is about, as named facts and as one line for small screens. */
export function experimentFacts(
  page: Pick<ExperimentPage, 'protocol' | 'seeds' | 'dataLabel' | 'teacher' | 'student'>,
): { facts: [string, string][]; line: string } {
  const { protocol, teacher, student } = page
  const ratio = teacher.parameters / student.parameters
  const relation = factor(ratio, ['fewer', 'more'])
  const [launched, planned] = [page.seeds.length, protocol.seeds.length]
  const upTo = launched < planned ? `, up to ${planned}` : ''
  const margin = marginAmount(protocol.primaryMetric, protocol.margin)
  const metric = primaryOf(protocol.primaryMetric).primary.measured
  return {
    facts: [
      ['Data', `${page.dataLabel}, ${count(protocol.data.test)} test examples`],
      ['Labels', labelsFact(protocol)],
      ['Teacher', `${teacher.label}, ${short(teacher.parameters)} parameters`],
      [
        'Student',
        `${student.label}, ${short(student.parameters)} parameters, ${relation ?? 'as many as the teacher'}`,
      ],
      ['Seeds', `${launched} per arm${upTo}`],
      ['Margin', `${margin} of ${metric}`],
    ],
    line: `${page.dataLabel} · ${teacher.label} → ${student.label}, ${relation ?? 'as many'} parameters\u00a0· ${counted(launched, 'seed')}${upTo}\u00a0· margin ${margin}`,
  }
}

function labelsFact({ data, labels, checkpoint }: ExperimentPage['protocol']): string {
  const chosen = checkpoint === 'last' ? '' : `, and ${count(data.validation)} of validation`
  if (labels.perSeed >= data.train) return `all ${count(data.train)}${chosen}`
  return `${count(labels.perSeed)}${labels.subset === 'fixed' ? ', the same in all seeds' : ' a seed'}${chosen}`
}

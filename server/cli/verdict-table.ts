import { judgedOf } from '../../core/metrics/registry.ts'
import type { DemoDocument } from '../../core/contracts/demo-document.ts'
import type { ComparisonMetric } from '../../core/contracts/verdict.ts'
import type { VerdictPage } from '../../core/contracts/verdict-page.ts'
import type { ArmView } from '../../core/contracts/views.ts'
import { formatMetric } from '../../core/wording/metric-names.ts'
import { formatSigned } from '../../core/text/format-number.ts'
import { demonstrationRemark } from '../../core/planning/defaults.ts'
import { levelText } from '../../core/wording/phrases.ts'
import { alignRows } from './align-rows.ts'

/** The verdict as text for a terminal. */
export function verdictTable(document: DemoDocument, verdict: VerdictPage, arms: readonly ArmView[]): string {
  const labels = new Map(arms.map((arm) => [arm.id, arm.label]))
  const rows = [
    ['arm', 'test accuracy', 'difference', `${levelText(document.alpha)} interval`, 'verdict'],
    ...document.arms.map((arm) => {
      const comparison = document.comparisons.find((one) => one.family === 'primary' && one.arm === arm.id)
      return [
        labels.get(arm.id) ?? arm.id,
        meanAccuracy(arm.runs),
        comparison?.estimate == null ? '' : difference(comparison.metric, comparison.estimate),
        comparison?.simultaneous == null
          ? ''
          : comparison.simultaneous.map((end) => difference(comparison.metric, end)).join(' to '),
        comparison === undefined ? arm.role : (comparison.word ?? comparison.reason ?? ''),
      ]
    }),
  ]
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
  return [
    '',
    verdict.headline,
    verdict.text,
    '',
    ...alignRows(rows),
    '',
    verdict.scope,
    demonstrationRemark,
    `Launch to verdict ${seconds(document.durationMs.launchToVerdict)}, latency measured in ${seconds(document.durationMs.profile)}, build ${seconds(document.durationMs.build)}.`,
    '',
  ].join('\n')
}

const difference = (metric: ComparisonMetric, value: number): string =>
  formatSigned(value * judgedOf(metric).scale, judgedOf(metric).tableDigits)

function meanAccuracy(runs: DemoDocument['arms'][number]['runs']): string {
  const values = runs.flatMap((run) =>
    run.metrics['test/accuracy'] === undefined ? [] : [run.metrics['test/accuracy']],
  )
  if (values.length === 0) return '–'
  return `${formatMetric('test/accuracy', values.reduce((sum, value) => sum + value, 0) / values.length)} %`
}

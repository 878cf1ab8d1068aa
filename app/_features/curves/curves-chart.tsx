'use client'

import { useCallback } from 'react'
import type { ReactNode } from 'react'
import type { Protocol } from '../../../core/contracts/protocol.ts'
import { Chart } from '../../_charts/chart.tsx'
import type { Frame } from '../../_charts/colour-tokens.ts'
import type { PreparedCurves, CurvesChoice } from '../../_charts/lines/prepare-curves.ts'
import { linesOption } from '../../_charts/lines/lines-option.ts'
import { metricTitle } from '../../_charts/lines/curve-metric.ts'
import { escapeHtml } from '../../_charts/option/escape-html.ts'
import type { ChartOption } from '../../_charts/option/chart-option.ts'
import { count, counted, decimal } from '../../_ui/format.ts'

/** The curves with the sentence that says what is drawn. */
export function CurvesChart({
  prepared,
  choice,
  protocol,
}: {
  prepared: PreparedCurves
  choice: CurvesChoice
  protocol: Pick<Protocol, 'checkpoint' | 'teacher'>
}): ReactNode {
  const { lines, metric } = prepared
  const { axis } = choice
  const option = useCallback(
    (frame: Frame): ChartOption => linesOption(lines, frame, undefined, (x) => tooltip(prepared, axis, x)),
    [lines, prepared, axis],
  )
  return (
    <figure>
      <Chart
        option={option}
        className="h-[380px] wide:h-[460px]"
        label={`${metric.label} by ${axis} of ${counted(lines.labels.length, 'arm')}, ${choice.view === 'mean' ? 'mean over seeds' : 'every seed'}`}
        table={{
          caption: `${metricTitle(metric)}, mean over seeds at the last ${axis}`,
          head: ['Arm', axis === 'epoch' ? 'Epoch' : 'Step', metricTitle(metric)],
          rows: lines.labels.map((end) => [
            end.label,
            // The teacher is a level over the axis of the students.
            end.id === 'teacher' ? 'its last' : decimal(end.at[0], axis === 'epoch' ? 1 : 0),
            end.value,
          ]),
        }}
      />
      <figcaption className="mt-3 max-w-[64em] text-12 text-ink-3">
        {caption(prepared, choice, protocol)}
      </figcaption>
    </figure>
  )
}

function caption(
  prepared: PreparedCurves,
  choice: CurvesChoice,
  protocol: Pick<Protocol, 'checkpoint' | 'teacher'>,
): string {
  const { metric, lines } = prepared
  const [low, high] = lines.y.domain
  const unit = metric.unit === '' ? '' : ` ${metric.unit}`
  const at = (value: number): string => `${Number(value.toPrecision(4))}${unit}`
  return [
    prepared.below > 0 || (metric.unit === '%' && low > 0) ? `The axis starts at ${at(low)}.` : '',
    prepared.above > 0 ? `It ends at ${at(high)}; earlier points lie above.` : '',
    choice.view === 'mean'
      ? `Line: mean of up to ${counted(prepared.seeds, 'seed')} (control dotted, teacher dashed at its last value). Band: 95 % interval of the mean at each point, never smoothed; a single seed has none.`
      : 'Every line is one seed (control dotted, teacher dashed at its last value); figures at the right are means.',
    choice.view === 'mean' && protocol.checkpoint === 'best-on-validation'
      ? 'Runs that stopped early leave the mean where they end, so its end may rest on few.'
      : '',
    `${count(prepared.drawn)} of ${count(prepared.total)} points drawn.`,
    metric.key.startsWith('validation/') ? validationUse(protocol) : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

/** What validation data chooses: a teacher may stop early by itself. */
function validationUse({ checkpoint, teacher }: Pick<Protocol, 'checkpoint' | 'teacher'>): string {
  const stopping = [
    ...(teacher.training.earlyStop === undefined ? [] : ['of the teacher']),
    ...(checkpoint === 'last' ? [] : ['of a student']),
  ]
  return stopping.length === 0
    ? 'Validation data chooses nothing here: the last step is evaluated, and the verdict uses the test set only.'
    : `Validation data chooses which step ${stopping.join(' and ')} is evaluated; the verdict uses the test set only.`
}

function tooltip(prepared: PreparedCurves, axis: 'step' | 'epoch', x: number): string {
  const { digits } = prepared.metric
  const rows = prepared.means.flatMap(({ label, points }) => {
    const point = points.find(([at]) => Math.abs(at - x) < 1e-6)
    if (!point) return []
    const spread = point[2] === null ? '' : ` ± ${decimal(point[2], digits)}`
    return [`${escapeHtml(label)}: ${decimal(point[1], digits)}${spread}`]
  })
  const head = axis === 'epoch' ? `Epoch ${Number(x.toFixed(1))}` : `Step ${count(Math.round(x))}`
  return [`<b>${head}</b>, mean over seeds`, ...rows].join('<br>')
}

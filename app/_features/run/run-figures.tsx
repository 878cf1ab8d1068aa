import { metrics } from '../../../core/metrics/registry.ts'
import type { ReactNode } from 'react'
import { metricDescriptions } from '../../../core/wording/metric-names.ts'
import type { RunPage } from '../../../core/contracts/views.ts'
import { decimal } from '../../_ui/format.ts'
import { Section } from '../../_ui/page-parts.tsx'

const splits = ['test', 'validation', 'train'] as const
/** The gap is one of two splits, and stands below. */
const kinds = metrics.flatMap(({ name, figure }) =>
  name === 'gap' ? [] : [{ kind: name, name: figure.heading }],
)

/** Every figure of the evaluation, by the data it was measured on. */
export function RunFigures({ page }: { page: RunPage }): ReactNode {
  const { figures } = page
  if (figures['test/accuracy'] === undefined) return null
  const shownSplits = splits.filter((split) =>
    kinds.some(({ kind }) => figures[`${split}/${kind}`] !== undefined),
  )
  const shownKinds = kinds.filter(({ kind }) =>
    splits.some((split) => figures[`${split}/${kind}`] !== undefined),
  )
  return (
    <Section
      id="figures-heading"
      title="Figures"
      remark={
        page.status === 'diverged'
          ? 'Scored as an even guess, because it diverged.'
          : 'One run, without an interval.'
      }
    >
      <table className="w-full border-collapse text-13">
        <thead>
          <tr className="border-b border-line-strong text-12">
            <th scope="col" className="pb-2 text-left font-medium text-ink-2">
              Metric
            </th>
            {shownSplits.map((split) => (
              <th key={split} scope="col" className="pb-2 pl-4 text-right font-medium text-ink-2">
                {split}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shownKinds.map(({ kind, name }) => (
            <tr key={kind} className="border-b border-line">
              <th scope="row" className="py-2 text-left font-normal">
                {name}
              </th>
              {shownSplits.map((split) => (
                <td key={split} className="py-2 pl-4 text-right">
                  {shown(`${split}/${kind}`, figures)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-3 text-12 text-ink-3">
        {shownSplits.some((split) => split === 'train')
          ? `Train: ${page.arm.role === 'teacher' ? 'its own training set' : 'the labelled examples of its seed'}, in evaluation mode.`
          : ''}
        {figures['gap/accuracy'] === undefined
          ? ''
          : ` Gap: ${decimal(figures['gap/accuracy'] * 100, 1)} points of accuracy.`}
      </p>
    </Section>
  )
}

function shown(key: string, figures: RunPage['figures']): string {
  const value = figures[key]
  const description = metricDescriptions.find((metric) => metric.key === key)
  if (value === undefined || description === undefined) return '–'
  return decimal(value * description.scale, description.digits)
}

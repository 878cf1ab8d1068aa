import type { ReactNode } from 'react'
import { SelectField, TextField } from '../../_ui/field.tsx'
import { count } from '../../_ui/format.ts'
import { AfterSeeds } from './after-seeds.tsx'
import { fieldRemark } from './field-remark.ts'
import { FormSection } from './form-section.tsx'
import type { FormState } from './form-state.ts'
import { AdvancedFold, MarginsFold } from './margins-fold.tsx'
import { inUnit } from '../../../core/numbers/range.ts'
import { ranges } from '../../../core/planning/ranges.ts'
import { countOf } from './read-number.ts'
import type { Problems } from './reading.ts'

/** What decides: seeds, metric and margin, all frozen at launch. */
export function CountsSection(props: {
  form: FormState
  change: (part: Partial<FormState>) => void
  problems: Problems
}): ReactNode {
  const { form, change, problems } = props
  const accuracy = form.primaryMetric === 'accuracy'
  // Until decided, the looks say how many.
  const counted = form.after !== 'until-decided'
  return (
    <FormSection title="What counts" text="Decided now, frozen at launch.">
      <div
        className={`grid gap-4 wide:grid-cols-2 ${counted ? 'desk:grid-cols-[112px_minmax(0,1fr)_minmax(0,1.35fr)]' : ''}`}
      >
        {counted ? (
          <TextField
            label="Seeds per arm"
            value={form.seeds}
            onValue={(seeds) => change({ seeds })}
            problem={problems['seeds']}
            hint={seedsHint(form.seeds)}
            inputMode="numeric"
          />
        ) : null}
        <SelectField
          label="Primary metric"
          value={form.primaryMetric}
          onValue={(primaryMetric) =>
            change({
              primaryMetric,
              margin: primaryMetric === 'accuracy' ? '1' : '0.02',
              // These have the unit of the metric.
              spread: '',
              margins: { ...form.margins, teacher: '' },
            })
          }
          options={[
            { value: 'accuracy', label: 'Test accuracy' },
            { value: 'nll', label: 'Test NLL' },
          ]}
        />
        <TextField
          label="Smallest difference that matters"
          value={form.margin}
          onValue={(margin) => change({ margin })}
          unit={accuracy ? 'points' : 'nat'}
          problem={problems['margin']}
          remark={fieldRemark(form.margin, inUnit(ranges.margin, accuracy ? 100 : 1))}
          inputMode="decimal"
        />
      </div>
      <p className="mt-2 max-w-[60ch] text-12 leading-[1.45] text-ink-3">
        Below this margin you would ship either student. Choose it from what the product needs, not from
        earlier results.
      </p>
      <AfterSeeds form={form} change={change} problems={problems} />
      <div className="mt-3">
        <MarginsFold form={form} change={change} problems={problems} />
        <AdvancedFold form={form} change={change} problems={problems} />
      </div>
    </FormSection>
  )
}

/** Said where the number is typed, so that it is read before launch on a small screen too. */
function seedsHint(seeds: string): string {
  const value = countOf(seeds)
  if (value === 1 || value === 2) return `No word with ${count(value)}: only figures.`
  return 'At least 3 for a word.'
}

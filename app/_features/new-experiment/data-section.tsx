import type { ReactNode } from 'react'
import type { DatasetView } from '../../../core/contracts/views.ts'
import { SelectField, TextField } from '../../_ui/field.tsx'
import { dataNames, dataOrder } from './data-names.ts'
import { datasetText } from './dataset-text.ts'
import { FormSection } from './form-section.tsx'
import type { FormState } from './form-state.ts'
import { presetState } from './presets.ts'
import type { Problems } from './reading.ts'

const options = dataOrder.map((value) => ({ value, label: dataNames[value].label }))

/** The data set, how many labels a student sees, and whether the seeds share them. */
export function DataSection(props: {
  form: FormState
  change: (part: Partial<FormState>) => void
  problems: Problems
  dataset: DatasetView | undefined
}): ReactNode {
  const { form, change, problems, dataset } = props
  return (
    <FormSection title="Data" text="The test set is fixed; nothing is trained or chosen on it.">
      <SelectField
        label="Data set"
        value={form.data}
        onValue={(data) => {
          // Networks and labels that suit the other data set; arms, seeds and margin are the reader's own.
          const { labels, teacher, student } = presetState(data)
          change({ data, labels, teacher, student })
        }}
        options={options}
        problem={problems['data']}
        hint={dataset === undefined ? undefined : datasetText(dataset)}
      />
      <div className="mt-4 grid gap-4 wide:grid-cols-2">
        <TextField
          label="Labels a student sees"
          value={form.labels}
          onValue={(labels) => change({ labels })}
          problem={problems['labelsPerSeed']}
          hint="A number, or “all”. The rest is unlabelled."
          inputMode="text"
        />
        <SelectField
          label="Which ones"
          value={form.subset}
          onValue={(subset) => change({ subset })}
          options={[
            { value: 'per-seed', label: 'every seed draws its own' },
            { value: 'fixed', label: 'all seeds share one draw' },
          ]}
          hint={subsetText(form)}
        />
      </div>
    </FormSection>
  )
}

function subsetText({ labels, subset }: FormState): string {
  if (labels.trim().toLowerCase() === 'all') return 'With all labels there is nothing to draw.'
  return subset === 'fixed'
    ? 'The verdict then holds for this one draw of labels.'
    : 'The verdict then covers the luck of the draw.'
}

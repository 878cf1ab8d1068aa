import type { ReactNode } from 'react'
import type { PlanPreview } from '../../../core/contracts/plan-preview.ts'
import { SelectField, TextField } from '../../_ui/field.tsx'
import { ChevronIcon } from '../../_ui/icons.tsx'
import { count, times } from '../../_ui/format.ts'
import { FormSection } from './form-section.tsx'
import type { FormState, NetworkFields } from './form-state.ts'
import type { Problems } from './to-draft.ts'

interface NetworkProps {
  form: FormState
  change: (part: Partial<FormState>) => void
  problems: Problems
  preview: PlanPreview | undefined
}

/** Teacher and student side by side: layers and dropout in sight, the training behind a line that sums it up. */
export function NetworkSection({ form, change, problems, preview }: NetworkProps): ReactNode {
  const teacher = preview?.teacher?.parameters
  const student = preview?.student?.parameters
  const ratio = teacher !== undefined && student !== undefined ? teacher / student : null
  return (
    <FormSection title="Models" text="The control is this student, trained alone.">
      <div className="grid gap-x-4 gap-y-5 desk:grid-cols-2">
        <Network
          who="teacher"
          title="Teacher"
          hint={
            teacher === undefined
              ? 'Trained once, on all training labels.'
              : `${count(teacher)} parameters. Trained once, on all training labels.`
          }
          fields={form.teacher}
          onChange={(fields) => change({ teacher: fields })}
          problems={problems}
        />
        <Network
          who="student"
          title="Student"
          hint={
            student === undefined || ratio === null
              ? 'The same in every arm.'
              : `${count(student)} parameters, ${ratio >= 1 ? `${times(ratio)}× smaller` : `${times(1 / ratio)}× larger`}.`
          }
          fields={form.student}
          onChange={(fields) => change({ student: fields })}
          problems={problems}
        />
      </div>
    </FormSection>
  )
}

function Network(props: {
  who: 'teacher' | 'student'
  title: string
  hint: string
  fields: NetworkFields
  onChange: (fields: NetworkFields) => void
  problems: Problems
}): ReactNode {
  const { who, fields, problems } = props
  const set = (part: Partial<NetworkFields>): void => props.onChange({ ...fields, ...part })
  const path = `${who}.training`
  return (
    <div role="group" aria-label={props.title} className="min-w-0">
      <div className="grid grid-cols-[minmax(0,1fr)_96px] gap-2">
        <TextField
          label={props.title}
          aria-label={`${props.title}: widths of the hidden layers`}
          value={fields.hidden}
          onValue={(hidden) => set({ hidden })}
          problem={problems[`${who}.network.hidden`]}
          inputMode="text"
        />
        <TextField
          label="Dropout"
          aria-label={`${props.title}: dropout`}
          value={fields.dropout}
          onValue={(dropout) => set({ dropout })}
          problem={problems[`${who}.network.dropout`]}
          inputMode="decimal"
        />
      </div>
      <p className="mt-1.5 text-12 text-ink-3">Widths of the hidden layers. {props.hint}</p>
      <details className="group mt-2">
        <summary className="flex list-none items-start gap-1.5 py-1.5 text-13 text-ink-2 max-wide:py-2.5 [&::-webkit-details-marker]:hidden">
          <ChevronIcon className="mt-1 size-3 flex-none -rotate-90 group-open:rotate-0" />
          <span>
            <span className="font-medium text-ink">Training</span> {trainingText(fields)}
          </span>
        </summary>
        <div className="mt-2 grid grid-cols-2 gap-x-2 gap-y-3">
          <TextField
            label="Steps"
            value={fields.steps}
            onValue={(steps) => set({ steps })}
            problem={problems[`${path}.steps`]}
            inputMode="numeric"
          />
          <TextField
            label="Batch"
            value={fields.batchSize}
            onValue={(batchSize) => set({ batchSize })}
            problem={problems[`${path}.batchSize`]}
            inputMode="numeric"
          />
          <TextField
            label="Learning rate"
            value={fields.learningRate}
            onValue={(learningRate) => set({ learningRate })}
            problem={problems[`${path}.learningRate`]}
            inputMode="decimal"
          />
          <SelectField
            label="Schedule"
            value={fields.schedule}
            onValue={(schedule) => set({ schedule })}
            options={[
              { value: 'cosine', label: 'cosine to 0' },
              { value: 'constant', label: 'constant' },
            ]}
          />
          <SelectField
            label="Optimizer"
            value={fields.optimizer}
            onValue={(optimizer) => set({ optimizer })}
            options={[
              { value: 'adam', label: 'Adam' },
              { value: 'sgd', label: 'SGD with momentum' },
            ]}
          />
          {fields.optimizer === 'sgd' ? (
            <TextField
              label="Momentum"
              value={fields.momentum}
              onValue={(momentum) => set({ momentum })}
              problem={problems[`${path}.optimizer.momentum`]}
              inputMode="decimal"
            />
          ) : null}
          <TextField
            label="Weight decay"
            value={fields.weightDecay}
            onValue={(weightDecay) => set({ weightDecay })}
            problem={problems[`${path}.optimizer.weightDecay`]}
            inputMode="decimal"
          />
        </div>
      </details>
    </div>
  )
}

function trainingText(fields: NetworkFields): string {
  const optimizer = fields.optimizer === 'adam' ? 'Adam' : 'SGD'
  return `${fields.steps} steps, batch ${fields.batchSize}, ${optimizer} ${fields.learningRate}, ${fields.schedule}`
}

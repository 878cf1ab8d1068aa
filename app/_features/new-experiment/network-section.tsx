import type { ReactNode } from 'react'
import type { PlanPreview } from '../../../core/contracts/plan-preview.ts'
import { TextField } from '../../_ui/field.tsx'
import { count, factor } from '../../_ui/format.ts'
import { fieldRemark } from './field-remark.ts'
import { FormSection } from './form-section.tsx'
import type { FormState, NetworkFields } from './form-state.ts'
import { architectures } from '../../../core/networks/registry.ts'
import type { Problems } from './reading.ts'
import { TrainingFold } from './training-fold.tsx'

interface NetworkProps {
  form: FormState
  change: (part: Partial<FormState>) => void
  problems: Problems
  preview: PlanPreview | undefined
  /** Examples in the validation set. */
  validation: number | undefined
}

/** Teacher and student side by side: layers and dropout in sight, the training behind a line that sums it up. */
export function NetworkSection(props: NetworkProps): ReactNode {
  const { form, change, problems, preview, validation } = props
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
          validation={validation}
        />
        <Network
          who="student"
          title="Student"
          hint={
            student === undefined || ratio === null
              ? 'The same in every arm.'
              : `${count(student)} parameters, ${factor(ratio, ['smaller', 'larger']) ?? 'as large as the teacher'}.`
          }
          fields={form.student}
          onChange={(fields) => change({ student: fields })}
          problems={problems}
          validation={validation}
        />
      </div>
    </FormSection>
  )
}

const mlp = architectures.mlp.fields

function Network(props: {
  who: 'teacher' | 'student'
  title: string
  hint: string
  fields: NetworkFields
  onChange: (fields: NetworkFields) => void
  problems: Problems
  /** Examples in the validation set. */
  validation: number | undefined
}): ReactNode {
  const { who, fields, problems } = props
  const set = (part: Partial<NetworkFields>): void => props.onChange({ ...fields, ...part })
  return (
    <div role="group" aria-label={props.title} className="min-w-0">
      <div className="grid grid-cols-[minmax(0,1fr)_96px] gap-2">
        <TextField
          label={props.title}
          aria-label={`${props.title}: ${mlp.hidden.label.toLowerCase()}`}
          value={fields.hidden}
          onValue={(hidden) => set({ hidden })}
          problem={problems[`${who}.network.hidden`]}
          inputMode="text"
        />
        <TextField
          label={mlp.dropout.label}
          aria-label={`${props.title}: ${mlp.dropout.label.toLowerCase()}`}
          value={fields.dropout}
          onValue={(dropout) => set({ dropout })}
          problem={problems[`${who}.network.dropout`]}
          remark={fieldRemark(fields.dropout, mlp.dropout.range)}
          inputMode="decimal"
        />
      </div>
      <p className="mt-1.5 text-12 text-ink-3">
        {mlp.hidden.label}. {props.hint}
      </p>
      <TrainingFold
        who={who}
        fields={fields}
        onChange={set}
        problems={problems}
        validation={props.validation}
      />
    </div>
  )
}

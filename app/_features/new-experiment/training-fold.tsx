import type { ComponentProps, ReactNode } from 'react'
import { SelectField, TextField } from '../../_ui/field.tsx'
import { ChevronIcon } from '../../_ui/icons.tsx'
import { EarlyStopFields } from './early-stop-fields.tsx'
import { fieldRemark } from './field-remark.ts'
import type { NetworkFields } from './form-state.ts'
import type { Range } from '../../../core/numbers/range.ts'
import { ranges } from '../../../core/planning/ranges.ts'
import type { Problems } from './reading.ts'
import { trainingSummary } from './training-summary.ts'
import { withSchedule } from './with-training.ts'

interface FoldProps {
  who: 'teacher' | 'student'
  fields: NetworkFields
  onChange: (part: Partial<NetworkFields>) => void
  problems: Problems
  /** Examples in the validation set. */
  validation: number | undefined
}

const wide = 'col-span-2'

/** How a network is trained, behind a line that sums it up. */
export function TrainingFold(props: FoldProps): ReactNode {
  const { fields, onChange, problems } = props
  const path = `${props.who}.training`
  const setting = (
    key: keyof NetworkFields,
    label: string,
    problem: string | undefined,
    {
      range,
      ...more
    }: Pick<ComponentProps<typeof TextField>, 'placeholder' | 'inputMode' | 'unit'> & { range?: Range } = {},
  ): ReactNode => (
    <TextField
      label={label}
      value={fields[key]}
      onValue={(value) => onChange({ [key]: value })}
      problem={problem}
      remark={range === undefined ? undefined : fieldRemark(fields[key], range)}
      inputMode="decimal"
      {...more}
    />
  )
  return (
    <details className="group mt-2">
      <summary className="flex list-none items-start gap-1.5 py-1.5 text-13 text-ink-2 max-wide:py-2.5 [&::-webkit-details-marker]:hidden">
        <ChevronIcon className="mt-1 size-3 flex-none -rotate-90 group-open:rotate-0" />
        <span className="min-w-0 wrap-anywhere">
          <span className="font-medium text-ink">Training</span> {trainingSummary(fields)}
        </span>
      </summary>
      <div className="mt-2 grid grid-cols-2 items-start gap-x-2 gap-y-3">
        {setting('steps', 'Steps', problems[`${path}.steps`], { inputMode: 'numeric' })}
        {setting('batchSize', 'Batch', problems[`${path}.batchSize`], { inputMode: 'numeric' })}
        {setting('learningRate', 'Learning rate', problems[`${path}.learningRate`])}
        {setting('warmUpSteps', 'Warm-up steps', problems[`${path}.warmUpSteps`], {
          placeholder: 'none',
          inputMode: 'numeric',
        })}
        <SelectField
          className={wide}
          label="Schedule"
          value={fields.schedule}
          onValue={(schedule) => onChange(withSchedule(fields, schedule))}
          options={[
            { value: 'cosine', label: 'cosine to 0' },
            { value: 'constant', label: 'constant' },
            { value: 'step', label: 'steps: lower at milestones' },
          ]}
        />
        {fields.schedule === 'step' ? (
          <>
            {setting('milestones', 'Milestones', problems[`${path}.schedule.milestones`], {
              placeholder: '4000, 6000',
              inputMode: 'text',
            })}
            {setting('factor', 'Factor', problems[`${path}.schedule.factor`], { range: ranges.factor })}
          </>
        ) : null}
        <SelectField
          className={wide}
          label="Optimizer"
          value={fields.optimizer}
          onValue={(optimizer) => onChange({ optimizer })}
          options={[
            { value: 'adam', label: 'Adam' },
            { value: 'sgd', label: 'SGD with momentum' },
            { value: 'nesterov', label: 'SGD with Nesterov momentum' },
          ]}
        />
        {fields.optimizer === 'adam' ? (
          <>
            {setting('beta1', 'Beta 1', problems[`${path}.optimizer.beta1`], { range: ranges.beta })}
            {setting('beta2', 'Beta 2', problems[`${path}.optimizer.beta2`], { range: ranges.beta })}
            {setting('epsilon', 'Epsilon', problems[`${path}.optimizer.epsilon`])}
          </>
        ) : (
          setting(
            'momentum',
            'Momentum',
            problems[`${path}.optimizer.momentum`] ?? problems[`${path}.optimizer.nesterov`],
            { range: ranges.momentum },
          )
        )}
        {setting('weightDecay', 'Weight decay', problems[`${path}.optimizer.weightDecay`])}
        {setting('clipNorm', 'Gradient clipping', problems[`${path}.clipNorm`], {
          placeholder: 'off',
          unit: 'norm',
        })}
        <EarlyStopFields {...props} />
      </div>
    </details>
  )
}

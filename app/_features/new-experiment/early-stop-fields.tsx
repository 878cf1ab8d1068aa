import type { ReactNode } from 'react'
import { SelectField, TextField } from '../../_ui/field.tsx'
import { count } from '../../_ui/format.ts'
import type { NetworkFields } from './form-state.ts'
import type { Problems } from './reading.ts'
import { withEarlyStop } from './with-training.ts'

/** When a training ends before its last step, and what that means for the comparison. */
export function EarlyStopFields(props: {
  who: 'teacher' | 'student'
  fields: NetworkFields
  onChange: (part: Partial<NetworkFields>) => void
  problems: Problems
  validation: number | undefined
}): ReactNode {
  const { who, fields, onChange, problems } = props
  const path = `${who}.training.earlyStop`
  const labels =
    props.validation === undefined ? 'validation labels' : `${count(props.validation)} validation labels`
  return (
    <>
      <SelectField
        className="col-span-2"
        label="Early stop"
        value={fields.earlyStop}
        onValue={(earlyStop) => onChange(withEarlyStop(fields, earlyStop))}
        options={[
          { value: 'off', label: 'off: all steps are made' },
          { value: 'accuracy', label: 'by validation accuracy' },
          { value: 'nll', label: 'by validation NLL' },
        ]}
        problem={problems[path] ?? problems[`${path}.metric`]}
      />
      {fields.earlyStop === 'off' ? null : (
        <>
          <TextField
            label="Measure every"
            value={fields.everySteps}
            onValue={(everySteps) => onChange({ everySteps })}
            unit="steps"
            problem={problems[`${path}.everySteps`]}
            inputMode="numeric"
          />
          <TextField
            label="Patience"
            value={fields.patience}
            onValue={(patience) => onChange({ patience })}
            unit="times"
            problem={problems[`${path}.patience`]}
            inputMode="numeric"
          />
          <p className="col-span-2 text-12 leading-[1.45] text-pretty text-ink-3">
            {who === 'student'
              ? `The same rule in every arm, so runs may stop after different numbers of steps. A run ends after that many measurements in a row that are not better than its best so far; the weights of the best one are evaluated. The ${labels} count as used, in every arm.`
              : `It ends after that many measurements in a row that are not better than its best so far; the weights of the best one are evaluated and teach every arm. The ${labels} count as used.`}
          </p>
        </>
      )}
    </>
  )
}

import type { ReactNode } from 'react'
import type { Setting } from '../../../../core/methods/method.ts'
import { TextField } from '../../../_ui/field.tsx'
import { fieldRemark } from '../field-remark.ts'
import type { Problems } from '../reading.ts'
import type { SettingFields } from './method-fields.ts'

/** The settings of an arm side by side. */
export function SettingsRow(props: {
  settings: readonly Setting[]
  fields: SettingFields
  path: string
  problems: Problems
  onChange: (part: SettingFields) => void
}): ReactNode {
  const { settings, fields, path, problems, onChange } = props
  return (
    <div className="grid flex-1 grid-cols-2 items-start gap-2 wide:grid-cols-4">
      {settings.map((setting) => (
        <SettingField
          key={setting.key}
          setting={setting}
          value={fields[setting.key] ?? ''}
          onValue={(value) => onChange({ [setting.key]: value })}
          problem={problems[`${path}.${setting.key}`]}
        />
      ))}
    </div>
  )
}

/** @param props.several the field may hold several values */
export function SettingField(props: {
  setting: Setting
  value: string
  onValue: (value: string) => void
  problem: string | undefined
  several?: boolean
}): ReactNode {
  const { setting, value, several = false, ...field } = props
  const { label, hint, range } = setting.spec
  return (
    <TextField
      className="min-w-0"
      label={label}
      value={value}
      // Several have a space between them, which the keys of a decimal number lack on a phone.
      inputMode={several ? 'text' : 'decimal'}
      remark={fieldRemark(value, range)}
      {...(hint === undefined ? {} : { hint })}
      {...field}
    />
  )
}

import type { ComponentProps, ReactNode } from 'react'
import type { Method } from '../../../core/contracts/arm.ts'
import { methodCatalogue, methodSettings } from '../../../core/distillation/catalogue.ts'
import { Button } from '../../_ui/button.tsx'
import { Tag } from '../../_ui/chip.tsx'
import { CheckField, TextField } from '../../_ui/field.tsx'
import { CrossIcon, PlusIcon } from '../../_ui/icons.tsx'
import { FormSection } from './form-section.tsx'
import { fieldRemark } from './field-remark.ts'
import { SOFT_ARMS } from './form-state.ts'
import type { FormState, SoftFields, UnlabelledFields } from './form-state.ts'
import { anotherSoftArm } from './presets.ts'
import { ranges, type Range } from '../../../core/distillation/ranges.ts'
import type { Problems } from './to-draft.ts'

interface ArmsProps {
  form: FormState
  change: (part: Partial<FormState>) => void
  problems: Problems
}

const row = 'border-t border-line py-2.5 first:border-t-0 first:pt-0'
const always = <Tag className="ml-1 align-[1px]">always included</Tag>

/** Which arms are trained, and with which settings. */
export function ArmsSection({ form, change, problems }: ArmsProps): ReactNode {
  const { soft, unlabelled } = form
  const setSoft = (index: number, part: Partial<SoftFields>): void =>
    change({ soft: soft.map((arm, at) => (at === index ? { ...arm, ...part } : arm)) })
  const setUnlabelled = (part: Partial<UnlabelledFields>): void =>
    change({ unlabelled: { ...unlabelled, ...part } })
  const unlabelledPath = `methods.${soft.length}`
  return (
    <FormSection
      title="Arms"
      text={
        form.student.earlyStop === 'off'
          ? 'Each gets the same seeds, steps, batches and schedule.'
          : 'Each gets the same seeds, batches, schedule and early stop.'
      }
    >
      <div className={row}>
        <CheckField label={<>Control {always}</>} detail="same student, no teacher" checked locked />
      </div>
      <div className={row}>
        <CheckField
          label={<>Label smoothing {always}</>}
          detail="no teacher; is it only regularisation?"
          checked
          locked
        />
        <Indented>
          <div className="grid grid-cols-2 items-start gap-2 wide:grid-cols-4">
            <Setting
              label="Smoothing ε"
              value={form.smoothing}
              onValue={(smoothing) => change({ smoothing })}
              // Several have a space between them, which the keys of a decimal number lack on a phone.
              inputMode="text"
              hint="Or several: 0.1 0.2"
              range={ranges.share}
              problem={problems['smoothing']}
            />
          </div>
        </Indented>
      </div>
      <div className={row}>
        <CheckField
          label="Soft targets"
          detail="Hinton 2015: learns the teacher’s softened probabilities beside the labels"
          checked={soft.length > 0}
          onChecked={(checked) => change({ soft: checked ? [anotherSoftArm([])] : [] })}
        />
        {soft.map((arm, index) => (
          // Arms have no name of their own; their place is their identity in the draft.
          // oxlint-disable-next-line react/no-array-index-key
          <Indented key={index}>
            <div
              role="group"
              aria-label={soft.length > 1 ? `Soft targets, arm ${index + 1}` : 'Soft targets'}
              className="flex items-end gap-2"
            >
              <SoftSettings
                fields={arm}
                path={`methods.${index}`}
                problems={problems}
                onChange={(part) => setSoft(index, part)}
              />
              {soft.length > 1 ? (
                <Button
                  look="quiet"
                  aria-label={`Remove arm ${index + 1} of soft targets`}
                  className="flex-none px-2!"
                  onClick={() => change({ soft: soft.filter((_, at) => at !== index) })}
                >
                  <CrossIcon className="size-3" />
                </Button>
              ) : null}
            </div>
          </Indented>
        ))}
      </div>
      <div className={row}>
        <CheckField
          label="Soft targets + unlabelled"
          detail="also learns from what the teacher says of examples without a label"
          checked={unlabelled.softTargets}
          onChecked={(softTargets) => setUnlabelled({ softTargets })}
        />
        {unlabelled.softTargets ? (
          <UnlabelledSettings
            fields={unlabelled}
            path={unlabelledPath}
            problems={problems}
            onChange={setUnlabelled}
          />
        ) : null}
      </div>
      <div className={row}>
        <CheckField
          label="Hard labels + unlabelled"
          detail={
            unlabelled.softTargets
              ? 'as soft targets + unlabelled, but on examples without a label only the teacher’s first choice counts: shows whether softness matters; shares those settings'
              : 'learns the teacher’s first choice for examples without a label'
          }
          checked={unlabelled.hardLabels}
          onChecked={(hardLabels) => setUnlabelled({ hardLabels })}
        />
        {unlabelled.hardLabels && !unlabelled.softTargets ? (
          <UnlabelledSettings
            fields={unlabelled}
            path={unlabelledPath}
            problems={problems}
            onChange={setUnlabelled}
          />
        ) : null}
      </div>
      {form.others.map((method, index) => (
        // Taken over as they are; their place is their identity in the draft.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={`${row} flex items-center gap-2`}>
          <div className="min-w-0 flex-1">
            <CheckField
              label={methodLabel(method)}
              detail="as in the experiment that these settings come from"
              checked
              locked
            />
          </div>
          <Button
            look="quiet"
            aria-label={`Remove ${methodLabel(method)}`}
            className="flex-none px-2!"
            onClick={() => change({ others: form.others.filter((_, at) => at !== index) })}
          >
            <CrossIcon className="size-3" />
          </Button>
        </div>
      ))}
      {problems['methods'] === undefined ? null : (
        <p data-problem tabIndex={-1} className="pb-2 text-12 text-danger">
          {problems['methods']}
        </p>
      )}
      <div className="border-t border-line pt-3">
        <Button
          disabled={soft.length >= SOFT_ARMS}
          onClick={() => change({ soft: [...soft, anotherSoftArm(soft)] })}
        >
          <PlusIcon className="size-3.5" />
          Add an arm
        </Button>
        <p className="mt-1.5 text-12 text-ink-3">
          Soft targets with other settings. More arms widen every interval: all are corrected for together.
        </p>
      </div>
    </FormSection>
  )
}

const methodLabel = (method: Method): string =>
  [methodCatalogue[method.name].label, methodSettings(method)].filter((text) => text !== '').join(', ')

function Indented({ children }: { children: ReactNode }): ReactNode {
  return <div className="mt-2.5 wide:ml-[26px]">{children}</div>
}

function UnlabelledSettings(props: {
  fields: UnlabelledFields
  path: string
  problems: Problems
  onChange: (part: Partial<UnlabelledFields>) => void
}): ReactNode {
  return (
    <Indented>
      <div role="group" aria-label="Settings with unlabelled examples" className="flex items-end gap-2">
        <SoftSettings {...props}>
          <Setting
            label="Unlabelled share"
            value={props.fields.unlabelledShare}
            onValue={(unlabelledShare) => props.onChange({ unlabelledShare })}
            range={ranges.share}
            problem={props.problems[`${props.path}.unlabelledShare`]}
          />
        </SoftSettings>
      </div>
    </Indented>
  )
}

const softSettings = [
  { key: 'temperature', label: 'Temperature', range: ranges.temperature },
  { key: 'softTargetWeight', label: 'Soft weight', range: ranges.weight },
  { key: 'hardLabelWeight', label: 'Label weight', range: ranges.weight },
] as const satisfies readonly { key: keyof SoftFields; label: string; range: Range }[]

function SoftSettings(props: {
  fields: SoftFields
  path: string
  problems: Problems
  onChange: (part: Partial<SoftFields>) => void
  children?: ReactNode
}): ReactNode {
  const { fields, path, problems, onChange } = props
  return (
    <div className="grid flex-1 grid-cols-2 items-start gap-2 wide:grid-cols-4">
      {softSettings.map(({ key, label, range }) => (
        <Setting
          key={key}
          label={label}
          value={fields[key]}
          onValue={(value) => onChange({ [key]: value })}
          range={range}
          problem={problems[`${path}.${key}`]}
        />
      ))}
      {props.children}
    </div>
  )
}

function Setting({
  range,
  ...props
}: Pick<
  ComponentProps<typeof TextField>,
  'label' | 'value' | 'onValue' | 'problem' | 'hint' | 'inputMode'
> & {
  range: Range
}): ReactNode {
  return (
    <TextField className="min-w-0" inputMode="decimal" remark={fieldRemark(props.value, range)} {...props} />
  )
}

import type { ReactNode } from 'react'
import { Button } from '../../../_ui/button.tsx'
import { CheckField } from '../../../_ui/field.tsx'
import { CrossIcon, PlusIcon } from '../../../_ui/icons.tsx'
import type { Problems } from '../reading.ts'
import { anotherArm } from './method-fields.ts'
import type { SettingFields } from './method-fields.ts'
import type { ManyOffer } from './offers.ts'
import { Indented, row } from './rows.tsx'
import { SettingsRow } from './setting-fields.tsx'

/**
 * A method of which there may be any number of arms, each with its settings.
 * @param props.first index of its first arm among the methods of the draft
 * @param props.more a button of its own that adds an arm; left out where the section has one for it
 */
export function ManyRow(props: {
  offer: ManyOffer
  arms: readonly SettingFields[]
  first: number
  problems: Problems
  onChange: (arms: readonly SettingFields[]) => void
  more?: { disabled: boolean }
}): ReactNode {
  const { offer, arms, first, problems, onChange, more } = props
  const { label, listed } = offer.card
  const lower = label.toLowerCase()
  return (
    <div className={row}>
      <CheckField
        label={label}
        detail={offer.card.offer.detail}
        checked={arms.length > 0}
        onChecked={(checked) => onChange(checked ? [anotherArm(offer, [])] : [])}
      />
      {arms.map((arm, index) => (
        // Arms have no name of their own; their place is their identity in the draft.
        // oxlint-disable-next-line react/no-array-index-key
        <Indented key={index}>
          <div
            role="group"
            aria-label={arms.length > 1 ? `${label}, arm ${index + 1}` : label}
            className="flex items-end gap-2"
          >
            <SettingsRow
              settings={listed}
              fields={arm}
              path={`methods.${first + index}`}
              problems={problems}
              onChange={(part) => onChange(arms.map((own, at) => (at === index ? { ...own, ...part } : own)))}
            />
            {arms.length > 1 ? (
              <Button
                look="quiet"
                aria-label={`Remove arm ${index + 1} of ${lower}`}
                className="flex-none px-2!"
                onClick={() => onChange(arms.filter((_, at) => at !== index))}
              >
                <CrossIcon className="size-3" />
              </Button>
            ) : null}
          </div>
        </Indented>
      ))}
      {more === undefined || arms.length === 0 ? null : (
        <Indented>
          <Button disabled={more.disabled} onClick={() => onChange([...arms, anotherArm(offer, arms)])}>
            <PlusIcon className="size-3.5" />
            Add an arm of {lower}
          </Button>
        </Indented>
      )}
    </div>
  )
}

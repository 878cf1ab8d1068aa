import type { ReactNode } from 'react'
import { CheckField } from '../../../_ui/field.tsx'
import type { Problems } from '../reading.ts'
import type { GroupFields } from './method-fields.ts'
import type { GroupOffer } from './offers.ts'
import { Indented, row } from './rows.tsx'
import { SettingsRow } from './setting-fields.tsx'

/** Methods that share their settings, which stand under the first that is chosen. */
export function GroupRows(props: {
  offer: GroupOffer
  group: GroupFields
  path: string
  problems: Problems
  onChange: (group: GroupFields) => void
}): ReactNode {
  const { offer, group, path, problems, onChange } = props
  const { members } = offer
  const isChosen = (key: string): boolean => group.chosen.includes(key)
  const leader = members.findIndex(({ key }) => isChosen(key))
  return members.map(({ key, card, beside }, index) => (
    <div key={card.name} className={row}>
      <CheckField
        label={card.label}
        detail={leader !== -1 && leader < index ? beside : card.offer.detail}
        checked={isChosen(key)}
        onChecked={(checked) =>
          onChange({
            ...group,
            chosen: members
              .map((member) => member.key)
              .filter((one) => (one === key ? checked : isChosen(one))),
          })
        }
      />
      {index === leader ? (
        <Indented>
          <div role="group" aria-label={offer.label} className="flex items-end gap-2">
            <SettingsRow
              settings={offer.listed}
              fields={group.settings}
              path={path}
              problems={problems}
              onChange={(part) => onChange({ ...group, settings: { ...group.settings, ...part } })}
            />
          </div>
        </Indented>
      ) : null}
    </div>
  ))
}

import type { ReactNode } from 'react'
import { openMethod } from '../../../../core/methods/registry.ts'
import { methodLabel } from '../../../../core/methods/words.ts'
import { Button } from '../../../_ui/button.tsx'
import { Tag } from '../../../_ui/chip.tsx'
import { CheckField } from '../../../_ui/field.tsx'
import { CrossIcon, PlusIcon } from '../../../_ui/icons.tsx'
import { FormSection } from '../form-section.tsx'
import type { FormState } from '../form-state.ts'
import type { Problems } from '../reading.ts'
import { GroupRows } from './group-rows.tsx'
import { ManyRow } from './many-row.tsx'
import { anotherArm, armsOf, firstIndex, groupOf, MOST_ADDED, withArms, withGroup } from './method-fields.ts'
import type { MethodFields } from './method-fields.ts'
import { alwaysOffers, armOffers, manyOffers } from './offers.ts'
import { Indented, row } from './rows.tsx'
import { SettingField } from './setting-fields.tsx'

const always = <Tag className="ml-1 align-[1px]">always included</Tag>

/** Which arms are trained, and with which settings. */
export function ArmsSection({
  form,
  change,
  problems,
}: {
  form: FormState
  change: (part: Partial<FormState>) => void
  problems: Problems
}): ReactNode {
  const { methods } = form
  const setMethods = (next: MethodFields): void => change({ methods: next })
  const full = manyOffers.reduce((sum, offer) => sum + armsOf(methods, offer).length, 0) >= MOST_ADDED
  const [usual] = manyOffers
  return (
    <FormSection
      title="Arms"
      text={
        form.student.earlyStop === 'off'
          ? 'Each gets the same seeds, steps, batches and schedule.'
          : 'Each gets the same seeds, batches, schedule and early stop.'
      }
    >
      {alwaysOffers.map(({ card, setting }) => (
        <div key={card.name} className={row}>
          <CheckField
            label={
              <>
                {card.label} {always}
              </>
            }
            detail={card.offer.detail}
            checked
            locked
          />
          {setting === null ? null : (
            <Indented>
              <div className="grid grid-cols-2 items-start gap-2 wide:grid-cols-4">
                <SettingField
                  setting={setting}
                  several
                  value={methods.always[setting.key] ?? ''}
                  onValue={(value) =>
                    setMethods({ ...methods, always: { ...methods.always, [setting.key]: value } })
                  }
                  problem={problems[setting.key]}
                />
              </div>
            </Indented>
          )}
        </div>
      ))}
      {armOffers.map((offer) =>
        offer.kind === 'many' ? (
          <ManyRow
            key={offer.key}
            offer={offer}
            arms={armsOf(methods, offer)}
            first={firstIndex(methods, offer)}
            problems={problems}
            onChange={(arms) => setMethods(withArms(methods, offer.key, arms))}
            {...(offer === usual ? {} : { more: { disabled: full } })}
          />
        ) : (
          <GroupRows
            key={offer.key}
            offer={offer}
            group={groupOf(methods, offer)}
            path={`methods.${firstIndex(methods, offer)}`}
            problems={problems}
            onChange={(group) => setMethods(withGroup(methods, offer.key, group))}
          />
        ),
      )}
      {form.others.map((method, index) => (
        <CarriedRow
          // Taken over as they are; their place is their identity in the draft.
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          label={methodLabel(openMethod(method))}
          onRemove={() => change({ others: form.others.filter((_, at) => at !== index) })}
        />
      ))}
      {problems['methods'] === undefined ? null : (
        <p data-problem tabIndex={-1} className="pb-2 text-12 text-danger">
          {problems['methods']}
        </p>
      )}
      {usual === undefined ? null : (
        <div className="border-t border-line pt-3">
          <Button
            disabled={full}
            onClick={() => {
              const arms = armsOf(methods, usual)
              setMethods(withArms(methods, usual.key, [...arms, anotherArm(usual, arms)]))
            }}
          >
            <PlusIcon className="size-3.5" />
            Add an arm
          </Button>
          <p className="mt-1.5 text-12 text-ink-3">
            {usual.card.label} with other settings. More arms widen every interval: all are corrected for
            together.
          </p>
        </div>
      )}
    </FormSection>
  )
}

/** An arm for which the form has no fields. */
function CarriedRow({ label, onRemove }: { label: string; onRemove: () => void }): ReactNode {
  return (
    <div className={`${row} flex items-center gap-2`}>
      <div className="min-w-0 flex-1">
        <CheckField
          label={label}
          detail="as in the experiment that these settings come from"
          checked
          locked
        />
      </div>
      <Button look="quiet" aria-label={`Remove ${label}`} className="flex-none px-2!" onClick={onRemove}>
        <CrossIcon className="size-3" />
      </Button>
    </div>
  )
}

import { record, shuffledSubarray, uniqueArray } from 'fast-check'
import type { Arbitrary } from 'fast-check'
import type { MethodFields, SettingFields } from '../../app/_features/new-experiment/arms/method-fields.ts'
import { alwaysSettings, armOffers } from '../../app/_features/new-experiment/arms/offers.ts'
import type { Setting } from '../../core/methods/method.ts'

const recordOf = <Value>(
  entries: (readonly [string, Arbitrary<Value>])[],
): Arbitrary<Record<string, Value>> => record<Record<string, Value>>(Object.fromEntries(entries))

/**
 * Arms as typed into a form, of every method of the registry.
 * @param typed what is typed into the field of a setting. @param always into one that may hold several values
 */
export function methodFields(options: {
  typed: (setting: Setting) => Arbitrary<string>
  always: (setting: Setting) => Arbitrary<string>
  /** Arms of a method that are equal in this are one. */
  told: (fields: SettingFields) => string
}): Arbitrary<MethodFields> {
  const { typed, always, told } = options
  const settings = (stored: readonly Setting[]): Arbitrary<SettingFields> =>
    recordOf(stored.map((setting) => [setting.key, typed(setting)] as const))
  return record({
    many: recordOf(
      armOffers.flatMap((offer) =>
        offer.kind === 'many'
          ? [[offer.key, uniqueArray(settings(offer.card.stored), { maxLength: 4, selector: told })] as const]
          : [],
      ),
    ),
    groups: recordOf(
      armOffers.flatMap((offer) => {
        if (offer.kind === 'many') return []
        const keys = offer.members.map(({ key }) => key)
        const chosen = shuffledSubarray(keys).map((some) => keys.filter((key) => some.includes(key)))
        return [[offer.key, record({ settings: settings(offer.stored), chosen })] as const]
      }),
    ),
    always: recordOf(alwaysSettings.map((setting) => [setting.key, always(setting)] as const)),
  })
}

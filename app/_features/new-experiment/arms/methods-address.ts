import type { Setting } from '../../../../core/methods/method.ts'
import { armsOf, groupOf, MOST_ARMS } from './method-fields.ts'
import type { MethodFields, SettingFields } from './method-fields.ts'
import { alwaysSettings, armOffers } from './offers.ts'
import type { GroupOffer } from './offers.ts'

/** The parameters of an address in their order; those with the value of `start` are left out by the caller. */
export function methodParameters(methods: MethodFields): [key: string, value: string][] {
  return [
    ...armOffers.flatMap((offer): [string, string][] => {
      if (offer.kind === 'many') return [[offer.key, armsText(offer.card.stored, armsOf(methods, offer))]]
      const { settings, chosen } = groupOf(methods, offer)
      return [
        ...offer.stored.map(({ key }): [string, string] => [`${offer.key}.${key}`, settings[key] ?? '']),
        [offer.key, chosen.join(' ')],
      ]
    }),
    ...alwaysSettings.map(({ key }): [string, string] => [key, methods.always[key] ?? '']),
  ]
}

/** How an address is read: a parameter as it stands, a text of a field with what it usually is, and what was not understood. */
export interface AddressReader {
  read: (key: string) => string | null
  text: (key: string, usual: string) => string
  drop: (key: string) => void
}

/** `methodParameters` back; what is missing or not understood is as in `start`. */
export function readMethodParameters(start: MethodFields, reader: AddressReader): MethodFields {
  const many: Record<string, readonly SettingFields[]> = {}
  const groups: Record<string, MethodFields['groups'][string]> = {}
  for (const offer of armOffers) {
    const { key } = offer
    if (offer.kind === 'many') {
      const found = reader.read(key)
      const arms = found === null ? armsOf(start, offer) : readArms(offer.card.stored, found)
      if (arms === null) reader.drop(key)
      many[key] = arms ?? armsOf(start, offer)
    } else {
      const usual = groupOf(start, offer)
      const fields = offer.stored.map((setting) => [
        setting.key,
        reader.text(`${key}.${setting.key}`, usual.settings[setting.key] ?? ''),
      ])
      groups[key] = {
        settings: Object.fromEntries(fields),
        chosen: readChosen(offer, reader) ?? usual.chosen,
      }
    }
  }
  const always = Object.fromEntries(
    alwaysSettings.map(({ key }) => [key, reader.text(key, start.always[key] ?? '')]),
  )
  return { many, groups, always }
}

/** null where the address says nothing of it. */
function readChosen({ key, members }: GroupOffer, { read, drop }: AddressReader): string[] | null {
  const words = read(key)?.split(' ') ?? null
  if (words === null) return null
  const known = members.map((member) => member.key)
  if (words.some((word) => word !== '' && !known.includes(word))) drop(key)
  return known.filter((one) => words.includes(one))
}

/** "4_0.1_0.9 1_0.1_0.9": an arm a word, its settings in the order of the protocol. */
function armsText(settings: readonly Setting[], arms: readonly SettingFields[]): string {
  return arms.map((arm) => settings.map(({ key }) => escaped(arm[key] ?? '')).join('_')).join(' ')
}

/** Keeps what separates arms and fields for that. */
const escaped = (text: string): string =>
  text.replaceAll(/[%_\s]/g, (found) => (found === '_' ? '%5F' : encodeURIComponent(found)))

/** `escaped` back; null for what it did not write. */
function unescaped(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** Longer than any arm needs. */
const longest = 1000

/** null for what is no list of arms. */
function readArms(settings: readonly Setting[], text: string): SettingFields[] | null {
  const words = text.split(' ').filter(Boolean)
  if (words.length > MOST_ARMS || words.some((word) => word.length > longest)) return null
  const arms: SettingFields[] = []
  for (const word of words) {
    const values = word.split('_').map(unescaped)
    if (values.length !== settings.length) return null
    const fields: [string, string][] = []
    for (const [at, { key }] of settings.entries()) {
      const value = values[at]
      if (value == null) return null
      fields.push([key, value])
    }
    arms.push(Object.fromEntries(fields))
  }
  return arms
}

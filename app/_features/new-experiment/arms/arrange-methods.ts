import type { Method } from '../../../../core/contracts/arm.ts'
import { cardOf, openMethod } from '../../../../core/methods/registry.ts'
import { groupOf } from './method-fields.ts'
import type { MethodFields, SettingFields } from './method-fields.ts'
import { alwaysSettings, armOffers } from './offers.ts'

/**
 * The methods of a protocol as the form has them, in their order, which is part of what was frozen. What comes later than
 * the form would put it, or is set otherwise than the rest of its group, stays apart, among `others`.
 * @param start what is not chosen has its values
 */
export function arrangeMethods(
  methods: readonly Method[],
  start: MethodFields,
): { methods: MethodFields; others: Method[] } {
  const chosen = methods.filter(({ name }) => cardOf(name).offer.kind !== 'always')
  let taken = 0
  const next = (name: string): SettingFields | null => {
    const method = chosen[taken]
    return method?.name === name ? settingFields(method) : null
  }
  const many: Record<string, SettingFields[]> = {}
  const groups: Record<string, MethodFields['groups'][string]> = {}
  for (const offer of armOffers) {
    if (offer.kind === 'many') {
      const arms: SettingFields[] = []
      for (let arm = next(offer.card.name); arm !== null; arm = next(offer.card.name)) {
        arms.push(arm)
        taken++
      }
      many[offer.key] = arms
      continue
    }
    let shared: SettingFields | null = null
    const keys: string[] = []
    for (const { key, card } of offer.members) {
      const arm: SettingFields | null = next(card.name)
      if (arm === null || (shared !== null && !alike(arm, shared))) continue
      shared = arm
      keys.push(key)
      taken++
    }
    groups[offer.key] = { settings: shared ?? groupOf(start, offer).settings, chosen: keys }
  }
  return { methods: { many, groups, always: alwaysFields(methods) }, others: chosen.slice(taken) }
}

const settingFields = (method: Method): SettingFields =>
  Object.fromEntries(openMethod(method).stored.map(({ key, value }) => [key, String(value)]))

const alike = (one: SettingFields, other: SettingFields): boolean =>
  Object.entries(one).every(([key, value]) => other[key] === value)

function alwaysFields(methods: readonly Method[]): Record<string, string> {
  const settings = methods
    .filter(({ name }) => cardOf(name).offer.kind === 'always')
    .flatMap((method) => openMethod(method).stored)
  return Object.fromEntries(
    alwaysSettings.map(({ key }) => [
      key,
      settings.flatMap((setting) => (setting.key === key ? [String(setting.value)] : [])).join(' '),
    ]),
  )
}

import type { Setting } from '../../../../core/methods/method.ts'
import { alwaysSettings, armOffers } from './offers.ts'
import type { ArmOffer, GroupOffer, ManyOffer } from './offers.ts'

/** The settings of an arm as typed in, by their names in the protocol. */
export type SettingFields = Readonly<Record<string, string>>

export interface GroupFields {
  settings: SettingFields
  /** Keys of the chosen members, in the order of the offer. */
  chosen: readonly string[]
}

/** The arms as typed in, by the keys of what the form offers. */
export interface MethodFields {
  many: Readonly<Record<string, readonly SettingFields[]>>
  /** Only with settings that they share does a pair show what the methods differ in. */
  groups: Readonly<Record<string, GroupFields>>
  /** Values of the setting of a method that is always there, "0.1" or "0.1 0.2". */
  always: Readonly<Record<string, string>>
}

/** Arms that a draft holds beside the control and the usual label smoothing. */
export const MOST_ARMS = 40
/** Arms that can be added by hand: every method of a group and those that are always there have room beside them. */
export const MOST_ADDED =
  MOST_ARMS -
  armOffers.reduce((sum, offer) => sum + (offer.kind === 'group' ? offer.members.length : 0), 0) -
  alwaysSettings.length

export const startFields = (settings: readonly Setting[]): SettingFields =>
  Object.fromEntries(settings.map(({ key, spec }) => [key, String(spec.starts[0])]))

/** No arm but those that are always there; what may be chosen has its start values. */
export const noMethods: MethodFields = {
  many: Object.fromEntries(
    armOffers.flatMap((offer) =>
      offer.kind === 'many' ? [[offer.key, [] as SettingFields[]] as const] : [],
    ),
  ),
  groups: Object.fromEntries(
    armOffers.flatMap((offer) =>
      offer.kind === 'group'
        ? [[offer.key, { settings: startFields(offer.stored), chosen: [] }] as const]
        : [],
    ),
  ),
  always: startFields(alwaysSettings),
}

export const armsOf = ({ many }: MethodFields, { key }: ManyOffer): readonly SettingFields[] =>
  many[key] ?? []

export const groupOf = ({ groups }: MethodFields, { key, stored }: GroupOffer): GroupFields =>
  groups[key] ?? { settings: startFields(stored), chosen: [] }

const countOf = (methods: MethodFields, offers: readonly ArmOffer[]): number =>
  offers.reduce(
    (sum, offer) =>
      sum + (offer.kind === 'many' ? armsOf(methods, offer).length : groupOf(methods, offer).chosen.length),
    0,
  )

/** How many methods of the draft have fields of their own. */
export const countWithFields = (methods: MethodFields): number => countOf(methods, armOffers)

/** Index of the first arm of an offer among the methods of the draft. */
export const firstIndex = (methods: MethodFields, offer: ArmOffer): number =>
  countOf(methods, armOffers.slice(0, armOffers.indexOf(offer)))

export const withArms = (
  methods: MethodFields,
  key: string,
  arms: readonly SettingFields[],
): MethodFields => ({ ...methods, many: { ...methods.many, [key]: arms } })

export const withGroup = (methods: MethodFields, key: string, group: GroupFields): MethodFields => ({
  ...methods,
  groups: { ...methods.groups, [key]: group },
})

/** What a person gets who adds an arm: the start values, and where there are several one that is not taken yet. */
export function anotherArm({ card }: ManyOffer, taken: readonly SettingFields[]): SettingFields {
  return Object.fromEntries(
    card.stored.map(({ key, spec: { starts } }) => {
      const free = starts.find((start) => !taken.some((arm) => Number(arm[key]) === start))
      return [key, starts.length === 1 ? String(starts[0]) : String(free ?? '')]
    }),
  )
}

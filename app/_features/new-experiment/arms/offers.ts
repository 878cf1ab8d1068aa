import type { FieldSpec } from '../../../../core/methods/field.ts'
import type { MethodCard, Setting } from '../../../../core/methods/method.ts'
import { methods } from '../../../../core/methods/registry.ts'

/** A method of which there may be any number of arms, each with settings of its own. */
export interface ManyOffer {
  kind: 'many'
  /** Of the address. */
  key: string
  card: MethodCard
}

/** Methods that share their settings: each may be chosen once. */
export interface GroupOffer {
  kind: 'group'
  /** Of the address. */
  key: string
  label: string
  members: readonly GroupMember[]
  /** The settings that they share, as protocols and as people list them. */
  stored: readonly Setting[]
  listed: readonly Setting[]
}
export interface GroupMember {
  key: string
  card: MethodCard
  /** Describes it next to another of the group that is chosen. */
  beside: string
}

/** A method that every experiment has, with the setting that may have several values. */
export interface AlwaysOffer {
  card: MethodCard
  setting: Setting | null
}

export type ArmOffer = ManyOffer | GroupOffer

/** What a person may choose, in the order of the registry, which is that of the arms of a draft. */
export const armOffers: readonly ArmOffer[] = offersOf(methods)

export const manyOffers: readonly ManyOffer[] = armOffers.filter((offer) => offer.kind === 'many')

export const alwaysOffers: readonly AlwaysOffer[] = methods
  .filter(({ offer }) => offer.kind === 'always')
  .map((card) => ({ card, setting: card.stored[0] ?? null }))

/** Those with a setting to type. */
export const alwaysSettings: readonly Setting[] = alwaysOffers.flatMap(({ setting }) => setting ?? [])

function offersOf(cards: readonly MethodCard[]): ArmOffer[] {
  const offers: ArmOffer[] = []
  for (const card of cards) {
    const { offer } = card
    if (offer.kind === 'arms') offers.push({ kind: 'many', key: offer.key, card })
    if (offer.kind !== 'shared') continue
    const { group, key, detail, beside = detail } = offer
    const member = { key, card, beside }
    const at = offers.findIndex((other) => other.kind === 'group' && other.key === group.key)
    const before = offers[at]
    if (before?.kind === 'group') offers[at] = { ...before, members: [...before.members, member] }
    else
      offers.push({
        ...group,
        kind: 'group',
        members: [member],
        stored: card.stored,
        listed: card.listed,
      })
  }
  return offers
}

/** Whether a setting weighs a term of the loss. */
export const isWeight = ({ range }: FieldSpec): boolean => range.unit === 'weight'

import { Method } from '../../../../core/contracts/arm.ts'
import type { Setting } from '../../../../core/methods/method.ts'
import { readField } from '../read-number.ts'
import type { Reading } from '../reading.ts'
import { armsOf, groupOf, MOST_ARMS } from './method-fields.ts'
import type { MethodFields, SettingFields } from './method-fields.ts'
import { alwaysOffers, alwaysSettings, armOffers, isWeight } from './offers.ts'

type Asked = Readonly<Record<string, string | number>>

/**
 * The methods of the draft: arms that were chosen, those that the form only carries, then those that are always there.
 * `methods.N` of a path counts in this order.
 */
export function readMethods(
  { methods, others }: { methods: MethodFields; others: readonly Method[] },
  reading: Reading,
): Method[] {
  const chosen: Asked[] = []
  for (const offer of armOffers) {
    const path = `methods.${chosen.length}`
    if (offer.kind === 'many') {
      for (const fields of armsOf(methods, offer)) {
        const settings = readSettings(`methods.${chosen.length}`, offer.card.stored, fields, reading)
        chosen.push({ name: offer.card.name, ...settings })
      }
      continue
    }
    const group = groupOf(methods, offer)
    const members = offer.members.filter(({ key }) => group.chosen.includes(key))
    if (members.length === 0) continue
    const settings = readSettings(path, offer.stored, group.settings, reading)
    chosen.push(...members.map(({ card }) => ({ name: card.name, ...settings })))
  }
  const all = [...chosen, ...others, ...readAlways(methods, reading)]
  const last = alwaysSettings.at(-1)?.key ?? 'methods'
  if (all.length > MOST_ARMS) {
    reading.problems[last] ??=
      `An experiment has at most ${MOST_ARMS} arms beside the control, these are ${all.length}: leave some out.`
  }
  // What could not be read is among the problems.
  return all.flatMap((method) => Method.safeParse(method).data ?? [])
}

function readSettings(
  path: string,
  settings: readonly Setting[],
  fields: SettingFields,
  { problems, number }: Reading,
): Record<string, number> {
  const read = settings.map(({ key, spec }) => ({
    key,
    spec,
    value: number(`${path}.${key}`, fields[key] ?? '', spec.range),
  }))
  const weights = read.filter(({ spec }) => isWeight(spec))
  const teachers = weights.find(({ spec }) => spec.weighsTheTeacher === true)
  if (teachers !== undefined && weights.every(({ value }) => value === 0)) {
    problems[`${path}.${teachers.key}`] ??=
      `With ${weights.length === 2 ? 'both' : 'all'} weights 0 there is nothing to learn from.`
  }
  return Object.fromEntries(read.map(({ key, value }) => [key, value]))
}

/** A method that is always there has as many arms as its setting has values; the usual one is there without being asked for. */
function readAlways(methods: MethodFields, { problems }: Reading): Asked[] {
  return alwaysOffers.flatMap(({ card, setting }) => {
    if (setting === null) return []
    const { key, spec } = setting
    const texts = valuesOf(methods, key)
    const read = texts.map((text) => readField(text, spec.range))
    const wrong = read.find((found) => 'problem' in found)
    if (texts.length === 0) problems[key] = spec.range.say
    else if (wrong !== undefined && 'problem' in wrong) problems[key] = wrong.problem
    const values = read.flatMap((found) => ('value' in found ? [found.value] : []))
    if (values.length === 1 && values[0] === spec.starts[0]) return []
    return values.map((value) => ({ name: card.name, [key]: value }))
  })
}

const valuesOf = ({ always }: MethodFields, key: string): string[] =>
  (always[key] ?? '').split(/,?\s+(?!%)|;/).filter((text) => text !== '')

/** The field of the method that stands so far behind all that were chosen. */
export const alwaysFieldAt = (methods: MethodFields, index: number): string =>
  alwaysSettings.flatMap(({ key }) => valuesOf(methods, key).map(() => key))[index] ??
  alwaysSettings.at(-1)?.key ??
  'methods'

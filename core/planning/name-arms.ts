import type { Arm, Method } from '../contracts/arm.ts'
import { openMethod } from '../methods/registry.ts'
import { settingsText } from '../methods/words.ts'

/**
 * Numbers in a slug: 0.9 -> "0p9", 1e-7 -> "1em7", 1e21 -> "1e21", so that ids stay [a-z0-9-] and distinct numbers
 * stay distinct.
 */
const slugNumber = (value: number): string =>
  String(value).replace('.', 'p').replace('-', 'm').replace('+', '')

/** Ids that a method may have, the shortest first: its name with the settings that name it, then with each further one. */
function slugsOf(method: Method): string[] {
  const { card, listed } = openMethod(method)
  const naming = listed.filter(({ spec }) => spec.namesTheArm === true)
  const further = listed.filter(({ spec }) => spec.namesTheArm !== true)
  const parts = [...naming, ...further].map(({ spec, value }) => `${spec.slug}${slugNumber(value)}`)
  return Array.from({ length: further.length + 1 }, (_, extra) =>
    [card.name, ...parts.slice(0, naming.length + extra)].join('-'),
  )
}

/**
 * Arms with ids for a list of methods: the shortest slug that tells a method from the others in the list
 * (`soft-targets-t4`; `soft-targets-t4-s0p5` only beside another one with T 4). Throws RangeError on two equal methods.
 */
export function nameArms(methods: readonly Method[]): Arm[] {
  const candidates = methods.map(slugsOf)
  return methods.map((method, index) => {
    const own = candidates[index] ?? []
    const id = own.find((slug) => candidates.every((other, at) => at === index || !other.includes(slug)))
    const opened = openMethod(method)
    if (id === undefined)
      throw new RangeError(`Two arms are the same: ${method.name} ${settingsText(opened)}.`)
    return { id, role: opened.card.role, method }
  })
}

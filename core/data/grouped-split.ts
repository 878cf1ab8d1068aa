import { createRandom } from '../random/create-random.ts'
import { seedOf } from '../random/seed-of.ts'
import { stratifiedSplit } from './stratified-split.ts'

interface Group {
  rows: number[]
  /** Examples of each label that occurs in it. */
  labels: Map<number, number>
}

const collect = (labels: Int32Array, groups: Int32Array): Group[] => {
  const found = new Map<number, Group>()
  groups.forEach((id, row) => {
    const group = found.get(id) ?? { rows: [], labels: new Map<number, number>() }
    found.set(id, group)
    const label = labels[row] ?? -1
    group.rows.push(row)
    group.labels.set(label, (group.labels.get(label) ?? 0) + 1)
  })
  return [...found.values()]
}

/** Examples of each label that a part still takes; below 0 where groups have overfilled it. */
type Room = Map<number, number>

const countLabels = (labels: Int32Array, rows: Int32Array): Room => {
  const counts: Room = new Map()
  for (const row of rows) {
    const label = labels[row] ?? -1
    counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  return counts
}

const overfilled = (room: Room, group: Group): number =>
  [...group.labels].reduce((sum, [label, count]) => sum + Math.max(0, count - (room.get(label) ?? 0)), 0)

const roomFor = (room: Room, group: Group): number =>
  [...group.labels.keys()].reduce((sum, label) => sum + Math.max(0, room.get(label) ?? 0), 0)

/**
 * Splits examples into parts so that no group is torn apart, for data with copies. Each part is given as many examples
 * of each class as `stratifiedSplit` would, and the groups are dealt to them, the large ones first, each to a part drawn
 * in proportion to its room; where a group fits nowhere, to the part that it overfills least. So sizes are exact where
 * single examples can fill what groups leave; of groups with one label each, no class of a part has more than the
 * largest of its groups less one above what it was given. Indices ascend within a part.
 * @param groups [n], any numbers. @param sizes positive integers that add up to n.
 * @throws RangeError as `stratifiedSplit`, for groups of another length, and where groups leave a part empty.
 */
export const groupedSplit = <Part extends string>(
  labels: Int32Array,
  groups: Int32Array,
  options: { seed: number; sizes: Record<Part, number> },
): Record<Part, Int32Array> => {
  if (groups.length !== labels.length)
    throw new RangeError(`groupedSplit: ${groups.length} groups for ${labels.length} examples`)
  const planned = Object.entries<Int32Array>(stratifiedSplit(labels, options))
  const parts = planned.map(([name, rows]) => ({
    name,
    room: countLabels(labels, rows),
    rows: [] as number[],
  }))
  const random = createRandom(seedOf('grouped-split', options.seed))
  const all = collect(labels, groups)
  const order = random.shuffle(Int32Array.from(all.keys()))
  const dealt = Array.from(order, (at) => all[at]).filter((group) => group !== undefined)
  // The sort is stable: groups of one size stay in their random order.
  dealt.sort((a, b) => b.rows.length - a.rows.length)
  for (const group of dealt) {
    const over = parts.map(({ room }) => overfilled(room, group))
    const least = Math.min(...over)
    const open = parts.filter((_, at) => over[at] === least)
    const weights = open.map(({ room }) => roomFor(room, group))
    let drawn = random.nextInt(
      Math.max(
        1,
        weights.reduce((sum, weight) => sum + weight, 0),
      ),
    )
    const chosen = open.find((_, at) => (drawn -= weights[at] ?? 0) < 0) ?? open[0]
    if (chosen === undefined) continue
    chosen.rows.push(...group.rows)
    for (const [label, count] of group.labels) chosen.room.set(label, (chosen.room.get(label) ?? 0) - count)
  }
  const split: Record<string, Int32Array> = {}
  for (const { name, rows } of parts) {
    if (rows.length === 0)
      throw new RangeError(`groupedSplit: the groups are too large to leave any for ${name}`)
    split[name] = Int32Array.from(rows).sort()
  }
  return split
}

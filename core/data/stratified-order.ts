import { createRandom } from '../random/create-random.ts'

const membersByClass = (labels: Int32Array, classes: number): Int32Array[] => {
  const counts = new Int32Array(classes)
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? -1
    if (label < 0 || label >= classes) {
      throw new RangeError(`label ${label} of example ${i} is outside 0 to ${classes - 1}`)
    }
    counts[label] = (counts[label] ?? 0) + 1
  }
  const members = Array.from(counts, (count) => new Int32Array(count))
  counts.fill(0)
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? 0
    const filled = counts[label] ?? 0
    const own = members[label]
    if (own) own[filled] = i
    counts[label] = filled + 1
  }
  return members.filter((own) => own.length > 0)
}

/**
 * All examples in an order of which *every* prefix is stratified: after n examples each class differs from its
 * proportional share n·N_c/N by less than one. The classes' turns follow Tijdeman's rule for the chairman
 * assignment problem (R. Tijdeman, Discrete Mathematics 32, 1980): among the classes that lag by at least
 * 1/(2K−2), the one whose deadline comes first. Which example of the class is taken is random.
 * @param labels class of each example, 0 to classes − 1.
 * @throws RangeError for no examples and for labels outside the classes.
 */
export const stratifiedOrder = (labels: Int32Array, classes: number, seed: number | string): Int32Array => {
  const total = labels.length
  if (total === 0) throw new RangeError('there are no examples')
  const random = createRandom(seed)
  const members = membersByClass(labels, classes).map((own) => random.shuffle(own))
  const order = new Int32Array(total)
  const taken = new Int32Array(members.length)
  // Both sides of Tijdeman's inequalities times total·(2K−2): whole numbers, so nothing is rounded.
  const slack = Math.max(2 * members.length - 2, 1)
  for (let n = 1; n <= total; n++) {
    let chosen = -1
    let earliest = Number.POSITIVE_INFINITY
    for (let c = 0; c < members.length; c++) {
      const size = members[c]?.length ?? 0
      const lag = (size * n - (taken[c] ?? 0) * total) * slack
      if (members.length > 1 && lag < total) continue
      const deadline = (total * (slack - 1) - lag) / size
      if (deadline < earliest) {
        earliest = deadline
        chosen = c
      }
    }
    const position = taken[chosen] ?? 0
    order[n - 1] = members[chosen]?.[position] ?? -1
    taken[chosen] = position + 1
  }
  return order
}

/**
 * Moves positions on a line until neighbours are at least `gap` apart and all lie in [low, high], as near to where they
 * were as possible, order kept (equal positions keep the order of the list). Returns the new positions in the order of
 * the input. Where the room is too small for all, they spread over it evenly.
 *
 * Least squares with order constraints: blocks that collide are merged and centred on their mean
 * (pool adjacent violators).
 */
export function pushApart(positions: readonly number[], gap: number, low: number, high: number): number[] {
  const order = positions
    .map((_, index) => index)
    .sort((a, b) => at(positions, a) - at(positions, b) || a - b)
  const room = Math.max(0, high - low)
  const step = order.length > 1 ? Math.min(gap, room / (order.length - 1)) : gap
  // In coordinates less their rank's share of the gap, "at least a gap apart" reads "not descending".
  const blocks: { sum: number; size: number }[] = []
  order.forEach((index, rank) => {
    let block = { sum: at(positions, index) - rank * step, size: 1 }
    for (let last = blocks.at(-1); last && mean(last) > mean(block); last = blocks.at(-1)) {
      blocks.pop()
      block = { sum: block.sum + last.sum, size: block.size + last.size }
    }
    blocks.push(block)
  })
  const flat = blocks.flatMap((block) => Array.from({ length: block.size }, () => mean(block)))
  const most = high - (order.length - 1) * step
  const placed: number[] = Array.from({ length: positions.length }, () => 0)
  order.forEach((index, rank) => {
    placed[index] = Math.max(low, Math.min(most, at(flat, rank))) + rank * step
  })
  return placed
}

function mean(block: { sum: number; size: number }): number {
  return block.sum / block.size
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0
}

/** Which examples have equal inputs. */
export interface RowGroups {
  /** [n]: the group of each row, numbered in the order of their first rows. */
  groups: Int32Array
  count: number
  /** Groups of two and more rows. */
  duplicated: number
  /** Rows beyond the first of their group. */
  copies: number
  /** Groups whose rows carry different labels: what they hold cannot all be learnt. */
  twoLabels: number
}

/**
 * Rows with equal inputs make one group, whatever their labels: a copy with another label still gives its inputs away.
 * @param rows row-major [n, size], finite (0 and −0 are equal). @param labels [n].
 * @throws RangeError where rows and labels do not agree.
 */
export const groupEqualRows = (
  rows: Float64Array | Uint8Array,
  size: number,
  labels: Int32Array,
): RowGroups => {
  if (!Number.isInteger(size) || size < 1 || rows.length !== labels.length * size)
    throw new RangeError(
      `groupEqualRows: ${rows.length} numbers are not ${labels.length} rows of ${size} numbers`,
    )
  const known = new Map<string, number>()
  const sizes: number[] = []
  const firstLabel: number[] = []
  const mixed = new Set<number>()
  const groups = labels.map((label, row) => {
    // The shortest decimal of a double tells it from every other, so equal texts are equal rows.
    const key = rows.subarray(row * size, (row + 1) * size).join()
    const group = known.get(key) ?? known.size
    if (group === known.size) {
      known.set(key, group)
      firstLabel.push(label)
    }
    sizes[group] = (sizes[group] ?? 0) + 1
    if (firstLabel[group] !== label) mixed.add(group)
    return group
  })
  return {
    groups,
    count: known.size,
    duplicated: sizes.filter((one) => one > 1).length,
    copies: labels.length - known.size,
    twoLabels: mixed.size,
  }
}

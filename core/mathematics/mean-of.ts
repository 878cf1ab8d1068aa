/** @throws RangeError for no values. */
export const meanOf = (values: Float64Array | Uint8Array): number => {
  if (values.length === 0) throw new RangeError('the mean of no values')
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0
  return sum / values.length
}

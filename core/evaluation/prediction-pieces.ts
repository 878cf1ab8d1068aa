/** Multiply-accumulates in one piece of work: about 20 ms. */
const macsAtOnce = 6e8
const mostRows = 1000

/** Examples that are predicted in one call by a network of so many multiply-accumulates an example. */
export const rowsAtOnce = (macs: number, most: number = mostRows): number =>
  Math.max(1, Math.min(most, Math.floor(macsAtOnce / macs)))

/** A backward pass costs about two forward passes. */
const forwardsPerStep = 3

/**
 * Multiply-accumulates of a training: steps · batch · 3 forward passes, those of the dense layers counted.
 * @param macs of one example through the network once.
 * @throws RangeError for figures that are not positive.
 */
export const trainingMacs = (macs: number, batchSize: number, steps: number): number => {
  for (const [name, value] of Object.entries({ macs, batchSize, steps }))
    if (!(value > 0) || !Number.isFinite(value)) throw new RangeError(`${name} ${value} is not positive`)
  return forwardsPerStep * macs * batchSize * steps
}

import { onlyInput, type LayerCard, type Shape } from './layer.ts'

export interface DenseSettings {
  units: number
}

function widthOf(inputs: readonly Shape[]): number {
  const [width, ...more] = onlyInput(inputs)
  if (width === undefined || more.length > 0) throw new RangeError('reads values in one row')
  return width
}

/** x · kernel + bias. */
export const dense: LayerCard<DenseSettings> = {
  output(inputs, { units }) {
    widthOf(inputs)
    if (!Number.isInteger(units) || units < 1)
      throw new RangeError(`width ${units} is not a positive integer`)
    return [units]
  },
  weights(inputs, { units }) {
    const fanIn = widthOf(inputs)
    return [
      { name: 'kernel', shape: [fanIn, units], start: 'he', fanIn, decays: true },
      { name: 'bias', shape: [units], start: 'zeros', fanIn, decays: false },
    ]
  },
  macs: (inputs, { units }) => widthOf(inputs) * units,
  draws: () => 0,
}

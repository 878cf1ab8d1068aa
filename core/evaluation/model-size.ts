const widths = (inputSize: number, hidden: readonly number[], classes: number): number[] => {
  const all = [inputSize, ...hidden, classes]
  for (const width of all) {
    if (!Number.isInteger(width) || width < 1)
      throw new RangeError(`layer width ${width} is not a positive integer`)
  }
  return all
}

/** Weights and biases of a multilayer perceptron: Σ (in + 1) · out. */
export const parameterCount = (inputSize: number, hidden: readonly number[], classes: number): number => {
  const all = widths(inputSize, hidden, classes)
  return all.slice(1).reduce((sum, out, layer) => sum + ((all[layer] ?? 0) + 1) * out, 0)
}

/** Multiply–accumulates of one example through the dense layers: Σ in · out. */
export const macs = (inputSize: number, hidden: readonly number[], classes: number): number => {
  const all = widths(inputSize, hidden, classes)
  return all.slice(1).reduce((sum, out, layer) => sum + (all[layer] ?? 0) * out, 0)
}

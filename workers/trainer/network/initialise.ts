import type { NetworkSpec } from '../../../core/contracts/network.ts'
import { createRandom } from '../../../core/random/create-random.ts'
import { seedOf } from '../../../core/random/seed-of.ts'

/** Shapes of the weights in the order in which they are stored: kernel [in, out], bias [out], layer by layer. */
export function weightShapes(network: NetworkSpec, inputSize: number, classes: number): number[][] {
  const widths = [inputSize, ...network.hidden, classes]
  return widths.slice(1).flatMap((out, layer) => [[widths[layer] ?? 0, out], [out]])
}

/**
 * He-uniform kernels, uniform over ±√(6 / fan-in) (He et al. 2015, equation 10, as a uniform distribution), biases 0.
 * Each layer has its own stream, seeded by (seed, layer).
 */
export function initialWeights(
  network: NetworkSpec,
  inputSize: number,
  classes: number,
  seed: number,
): Float32Array[] {
  return weightShapes(network, inputSize, classes).map(([rows = 0, columns], index) => {
    if (columns === undefined) return new Float32Array(rows)
    const values = new Float32Array(rows * columns)
    const limit = Math.sqrt(6 / rows)
    createRandom(seedOf('init', seed, index / 2)).fillUniform(values, -limit, limit)
    return values
  })
}

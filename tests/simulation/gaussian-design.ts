import { crossedParts, type CrossedVariance } from '../../core/statistics/variance/crossed-variance.ts'
import { twoWay } from '../../core/mathematics/two-way.ts'

/** Standard deviations of d[s,i] = Δ + e_s + e_i + e_si. */
export interface GaussianSpread {
  seed: number
  example: number
  noise: number
}

export const gaussianCells: readonly (GaussianSpread & { name: string })[] = [
  { name: 'noise only', seed: 0, example: 0, noise: 1 },
  { name: 'seed only', seed: 0.2, example: 0, noise: 1 },
  { name: 'example only', seed: 0, example: 1, noise: 1 },
  { name: 'both', seed: 0.2, example: 1, noise: 1 },
  { name: 'example dominated', seed: 0.05, example: 1, noise: 1 },
]

/** A table that is drawn over and over into the same memory; its true mean is 0. */
export interface GaussianTable {
  draw: () => void
  /** Parts of the first `seeds` rows as they were drawn last. */
  parts: (seeds: number) => CrossedVariance
}

/**
 * @param seedEffect draws e_s of its own law, standard deviation 1; normal unless given.
 */
export const gaussianTable = (
  { seed, example, noise }: GaussianSpread,
  [seeds, examples]: readonly [seeds: number, examples: number],
  normal: () => number,
  seedEffect: () => number = normal,
): GaussianTable => {
  const rows = Array.from({ length: seeds }, () => new Float64Array(examples))
  const prefixes = rows.map((_, s) => rows.slice(0, s + 1))
  const shared = new Float64Array(examples)
  return {
    draw: () => {
      if (example > 0) for (let i = 0; i < examples; i++) shared[i] = example * normal()
      for (const row of rows) {
        const shift = seed > 0 ? seed * seedEffect() : 0
        for (let i = 0; i < examples; i++) row[i] = shift + (shared[i] ?? 0) + noise * normal()
      }
    },
    parts: (count) => crossedParts(twoWay(prefixes[count - 1] ?? [], null), 0),
  }
}

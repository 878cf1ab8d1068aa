import type { Random } from '../../core/random/create-random.ts'

/** Standard normal draws from a seeded stream (polar method, Marsaglia and Bray 1964): exact, two at a time. */
export const createNormal = (random: Random): (() => number) => {
  let spare = Number.NaN
  return () => {
    if (!Number.isNaN(spare)) {
      const kept = spare
      spare = Number.NaN
      return kept
    }
    for (;;) {
      const u = 2 * random.nextFloat() - 1
      const v = 2 * random.nextFloat() - 1
      const square = u * u + v * v
      if (square >= 1 || square === 0) continue
      const scale = Math.sqrt((-2 * Math.log(square)) / square)
      spare = v * scale
      return u * scale
    }
  }
}

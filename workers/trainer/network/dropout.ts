import { createRandom } from '../../../core/random/create-random.ts'
import { seedOf } from '../../../core/random/seed-of.ts'

/** Inverted dropout: kept units are scaled by 1/(1 − rate), so that the mean of a unit stays. */
export interface Dropout {
  scale: number
  /** Writes 0 or `scale` for every unit of a layer, drawn from (seed, step, layer) alone. */
  fillMask(mask: Float32Array, step: number, layer: number): void
}

/** Bits that decide about one unit: as few as give the rate exactly, else 16 (the rate is then rounded to 1/65536). */
const bitsFor = (rate: number): number =>
  [1, 2, 4, 8].find((bits) => Number.isInteger(rate * 2 ** bits)) ?? 16

/** @returns null where nothing is dropped */
export function createDropout(rate: number, seed: number): Dropout | null {
  const bits = bitsFor(rate)
  const threshold = Math.min(Math.round(rate * 2 ** bits), 2 ** bits - 1)
  if (threshold === 0) return null
  const scale = Math.fround(2 ** bits / (2 ** bits - threshold))
  // One draw decides several units, from its upper bits down; its lowest eight are weak and left out where that is cheap.
  const unitsADraw = bits === 16 ? 2 : 24 / bits
  const shift = 32 - bits
  return {
    scale,
    fillMask(mask, step, layer) {
      const { nextUint32 } = createRandom(seedOf('dropout', seed, step, layer))
      let i = 0
      while (i < mask.length) {
        let draw = nextUint32()
        const end = Math.min(i + unitsADraw, mask.length)
        while (i < end) {
          mask[i++] = draw >>> shift < threshold ? 0 : scale
          draw <<= bits
        }
      }
    },
  }
}

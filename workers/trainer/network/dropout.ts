import { createRandom } from '../../../core/random/create-random.ts'
import { seedOf } from '../../../core/random/seed-of.ts'

/** Inverted dropout with the rate rounded to 1/65536: kept units are scaled by 1/(1 − rate), as an exact expectation. */
export interface Dropout {
  scale: number
  /** Writes 0 or `scale` for every unit of a layer, drawn from (seed, step, layer) alone. */
  fillMask(mask: Float32Array, step: number, layer: number): void
}

/** @returns null where nothing is dropped */
export function createDropout(rate: number, seed: number): Dropout | null {
  const threshold = Math.min(Math.round(rate * 65536), 65535)
  if (threshold === 0) return null
  const scale = Math.fround(65536 / (65536 - threshold))
  return {
    scale,
    fillMask(mask, step, layer) {
      const { nextUint32 } = createRandom(seedOf('dropout', seed, step, layer))
      // One draw decides two units: its upper and its lower 16 bits.
      let i = 0
      for (; i + 1 < mask.length; i += 2) {
        const bits = nextUint32()
        mask[i] = bits >>> 16 < threshold ? 0 : scale
        mask[i + 1] = (bits & 0xffff) < threshold ? 0 : scale
      }
      if (i < mask.length) mask[i] = nextUint32() >>> 16 < threshold ? 0 : scale
    },
  }
}

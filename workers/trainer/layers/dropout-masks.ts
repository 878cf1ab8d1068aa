import type { Tensor } from '@tensorflow/tfjs-core'
import { createRandom } from '../../../core/random/create-random.ts'
import { seedOf } from '../../../core/random/seed-of.ts'
import type { Tf } from '../engine/training-ops.ts'

/** Inverted dropout: kept units are scaled by 1/(1 − rate), so that the mean of a unit stays. */
export interface Dropout {
  scale: number
  /** Writes 0 or `scale` for every unit, drawn from (seed, step, index of the layer) alone. */
  fillMask(mask: Float32Array, at: { seed: number; step: number }): void
  /** The same as a tensor of the shape of what is dropped from. */
  mask(tf: Tf, shape: number[], at: { seed: number; step: number }): Tensor
}

/** Bits that decide about one unit: as few as give the rate exactly, else 16 (the rate is then rounded to 1/65536). */
const bitsFor = (rate: number): number =>
  [1, 2, 4, 8].find((bits) => Number.isInteger(rate * 2 ** bits)) ?? 16

/**
 * @param index which dropout of its network it is, from 0
 * @returns null where nothing is dropped
 */
export function createDropout(rate: number, index: number): Dropout | null {
  const bits = bitsFor(rate)
  const threshold = Math.min(Math.round(rate * 2 ** bits), 2 ** bits - 1)
  if (threshold === 0) return null
  const scale = Math.fround(2 ** bits / (2 ** bits - threshold))
  // One draw decides several units, from its upper bits down; its lowest eight are weak and left out where that is cheap.
  const unitsADraw = bits === 16 ? 2 : 24 / bits
  const shift = 32 - bits
  const fillMask: Dropout['fillMask'] = (mask, { seed, step }) => {
    const { nextUint32 } = createRandom(seedOf('dropout', seed, step, index))
    let i = 0
    while (i < mask.length) {
      let draw = nextUint32()
      const end = Math.min(i + unitsADraw, mask.length)
      while (i < end) {
        mask[i++] = draw >>> shift < threshold ? 0 : scale
        draw <<= bits
      }
    }
  }
  // Filled anew in each step: an engine copies it, or reads it before the step ends.
  let values = new Float32Array(0)
  return {
    scale,
    fillMask,
    mask(tf, shape, at) {
      const size = shape.reduce((product, length) => product * length, 1)
      if (values.length !== size) values = new Float32Array(size)
      fillMask(values, at)
      return tf.tensor(values, shape)
    },
  }
}

import type { BatchShape } from '../../../core/planning/batch-shape.ts'
import { createRandom } from '../../../core/random/create-random.ts'
import { seedOf } from '../../../core/random/seed-of.ts'

/** An endless stream of epochs, each a permutation of `pool` seeded by (name, seed, epoch), read at any position. */
export function epochStream(pool: Int32Array, name: string, seed: number): (position: number) => number {
  let epoch = -1
  let order = pool
  return (position) => {
    const wanted = Math.floor(position / pool.length)
    if (wanted !== epoch) {
      order = createRandom(seedOf(name, seed, wanted)).shuffle(pool.slice())
      epoch = wanted
    }
    return order[position - wanted * pool.length] ?? -1
  }
}

/**
 * Batch k (from 0) of a run: training indices, labelled ones first. It follows from the seed and k alone, so that a resumed
 * run goes on with the batch it would have had. Full batches always: one may cross the end of an epoch.
 * @param unlabelled empty where the shape has none
 */
export function createBatches(
  shape: BatchShape,
  labelled: Int32Array,
  unlabelled: Int32Array,
  seed: number,
): (step: number, out: Int32Array) => void {
  const nextLabelled = epochStream(labelled, 'order', seed)
  const nextUnlabelled = epochStream(unlabelled, 'unlabelled-order', seed)
  const rest = shape.size - shape.labelled
  return (step, out) => {
    for (let i = 0; i < shape.labelled; i++) out[i] = nextLabelled(step * shape.labelled + i)
    for (let i = 0; i < rest; i++) out[shape.labelled + i] = nextUnlabelled(step * rest + i)
  }
}

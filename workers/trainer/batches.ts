import type { Method } from '../../core/contracts/arm.ts'
import { createRandom } from '../../core/random/create-random.ts'
import { seedOf } from '../../core/random/seed-of.ts'
import { TrainerFailure } from './failure.ts'

/** How a batch is made up: the first `labelled` of its `size` examples have labels. */
export interface BatchShape {
  size: number
  labelled: number
}

/**
 * A batch is never larger than the labelled examples of the seed, in every arm alike. Methods with unlabelled examples draw
 * round(size · unlabelledShare) of them, at least 1 and at most size − 1; `bad-input` where that leaves no room.
 */
export function batchShape(method: Method | null, batchSize: number, labelledExamples: number): BatchShape {
  const size = Math.min(batchSize, labelledExamples)
  if (method === null || !('unlabelledShare' in method)) return { size, labelled: size }
  if (size < 2)
    throw new TrainerFailure(
      'bad-input',
      `A batch of ${size} has no room for labelled and unlabelled examples. Use batches and labels of 2 or more.`,
    )
  const unlabelled = Math.min(Math.max(Math.round(size * method.unlabelledShare), 1), size - 1)
  return { size, labelled: size - unlabelled }
}

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

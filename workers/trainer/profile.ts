import type { Tensor } from '@tensorflow/tfjs-core'
import { latencyBatchSize, quantileSorted } from '../../core/evaluation/latency.ts'
import { createRandom } from '../../core/random/create-random.ts'
import { seedOf } from '../../core/random/seed-of.ts'
import type { LatencyFigures } from '../../core/contracts/work-report.ts'
import type { ProfileRequest } from '../../core/contracts/work-request.ts'
import type { Engine } from './engine.ts'
import { initialWeights, weightShapes } from './network/initialise.ts'
import { forward, layersOf } from './network/pass.ts'
import type { Pacer } from './pacer.ts'

/**
 * Times one architecture with seeded weights and inputs: from handing the input over to having the outputs, predict and
 * read-back both. The first `warmUp` requests of each size are dropped.
 */
export async function profile(
  request: ProfileRequest,
  engine: Engine,
  pacer: Pacer,
): Promise<LatencyFigures> {
  const { network, inputSize, classes, seed, warmUp, requests, batches } = request
  const { tf, ops } = engine
  const shapes = weightShapes(network, inputSize, classes)
  const weights = initialWeights(network, inputSize, classes, seed).map((values, i) =>
    tf.tensor(values, shapes[i]),
  )
  const layers = layersOf(weights)
  const random = createRandom(seedOf('profile', seed))

  const timeOne = (rows: number): number => {
    const values = new Float32Array(rows * inputSize)
    random.fillUniform(values, 0, 1)
    const made: Tensor[] = []
    const startedAt = performance.now()
    const x = tf.tensor2d(values, [rows, inputSize])
    made.push(x)
    forward(ops, layers, x, null, made).at(-1)?.dataSync()
    const durationMs = performance.now() - startedAt
    for (const tensor of made) tensor.dispose()
    return durationMs
  }
  const timeMany = async (rows: number, count: number): Promise<Float64Array> => {
    const durations = new Float64Array(count)
    for (let i = -warmUp; i < count; i++) {
      const durationMs = timeOne(rows)
      if (i >= 0) durations[i] = durationMs
      if (pacer.isDue()) await pacer.breathe()
    }
    return durations.sort()
  }

  try {
    const single = await timeMany(1, requests)
    const many = await timeMany(latencyBatchSize, batches)
    const totalMs = many.reduce((sum, durationMs) => sum + durationMs, 0)
    return {
      p50Ms: quantileSorted(single, 0.5),
      p90Ms: quantileSorted(single, 0.9),
      throughput: (latencyBatchSize * batches * 1000) / totalMs,
    }
  } finally {
    for (const tensor of weights) tensor.dispose()
  }
}

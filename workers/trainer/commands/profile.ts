import { latencyBatchSize, quantileSorted } from '../../../core/evaluation/latency.ts'
import { networkGraph } from '../../../core/networks/registry.ts'
import { createRandom } from '../../../core/random/create-random.ts'
import { seedOf } from '../../../core/random/seed-of.ts'
import type { LatencyFigures } from '../../../core/contracts/work-report.ts'
import type { ProfileRequest } from '../../../core/contracts/work-request.ts'
import type { Engine } from '../engine/engine.ts'
import { buildNetwork } from '../network/build.ts'
import { initialWeights, tensorsOf } from '../network/initialise.ts'
import type { Pacer } from '../loop/pacer.ts'

/**
 * Times one architecture with seeded weights and inputs: from handing the input over to having the outputs, predict and
 * read-back both. The first `warmUp` requests of each size are dropped.
 */
export async function profile(
  request: ProfileRequest,
  engine: Engine,
  pacer: Pacer,
): Promise<LatencyFigures> {
  const { network, inputSize, seed, warmUp, requests, batches } = request
  const built = buildNetwork(engine, networkGraph(network, request))
  const weights = tensorsOf(engine, built.facts, initialWeights(built.facts, seed))
  const random = createRandom(seedOf('profile', seed))

  const timeOne = (rows: number): number => {
    const values = new Float32Array(rows * inputSize)
    random.fillUniform(values, 0, 1)
    const startedAt = performance.now()
    const pass = built.forward(weights, values, 'evaluation')
    pass.logits.dataSync()
    const durationMs = performance.now() - startedAt
    pass.dispose()
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

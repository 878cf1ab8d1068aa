import type { LogBatch } from '../../core/contracts/log-batch.ts'

export const batchSize = 1_000
const keys = 10

/** Full batches of one client: ten metrics by rising step, each with its time. */
export function* batchesOf(runId: string): Generator<LogBatch, never> {
  for (let step = 0; ; step += batchSize / keys) {
    yield {
      runId,
      metrics: Array.from({ length: batchSize }, (_, at) => ({
        key: `client/metric-${at % keys}`,
        step: step + Math.floor(at / keys),
        value: Math.sin(step + at),
        at: 1_795_000_000_000 + step,
      })),
      params: [],
      tags: [],
    }
  }
}

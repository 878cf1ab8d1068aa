import type { Random } from '../../core/random/create-random.ts'
import { quantileSorted } from '../../core/evaluation/latency.ts'
import { latencyRatio } from '../../core/judging/judge-latency.ts'
import { createNormal } from './create-normal.ts'
import { createTally, rowOf, type Row, shareOf, type Study, type Sums } from './study.ts'

const study = 'latency'
const blocks = 10
const requests = 300
const resamples = 200
/** Rising. */
const quantiles = { p50: 0.5, p99: 0.99 }
const probabilities = Object.values(quantiles)
const fasterBy = 1.2
const truth = Math.log(fasterBy)

/** Standard deviations on the log scale, and the correlation of neighbouring requests. */
const process = 0.02
const request = 0.1
const correlation = 0.7

/**
 * Log latencies of one process: its own level, and requests that resemble their neighbours (AR(1)). Both models have
 * the same law apart from a constant, so the ratio of any quantile is that constant.
 */
const fillProcess = (out: Float64Array, level: number, normal: () => number): void => {
  const own = level + process * normal()
  const fresh = request * Math.sqrt(1 - correlation ** 2)
  let deviation = request * normal()
  for (let i = 0; i < out.length; i++) {
    out[i] = own + deviation
    deviation = correlation * deviation + fresh * normal()
  }
}

/**
 * Quantiles of one resample, drawn with replacement: how often each place of the ascending values was drawn is counted,
 * so that nothing has to be sorted again.
 */
const resampledQuantiles = (ascending: Float64Array, random: Random, drawn: Int32Array): number[] => {
  const n = ascending.length
  drawn.fill(0)
  for (let i = 0; i < n; i++) {
    const place = Math.floor(random.nextFloat() * n)
    drawn[place] = (drawn[place] ?? 0) + 1
  }
  const found: number[] = []
  let seen = 0
  for (let i = 0; i < n && found.length < probabilities.length; i++) {
    seen += drawn[i] ?? 0
    while (seen >= Math.ceil((probabilities[found.length] ?? 2) * n)) found.push(ascending[i] ?? 0)
  }
  return found
}

const simulate = (random: Random, replicates: number): Sums => {
  const tally = createTally()
  const normal = createNormal(random)
  const levels = [truth, 0]
  const pools = levels.map(() => new Float64Array(blocks * requests))
  const drawn = new Int32Array(blocks * requests)
  const differences = probabilities.map(() => new Float64Array(resamples))
  for (let r = 0; r < replicates; r++) {
    const perBlock = levels.map((level, model) =>
      Array.from({ length: blocks }, (_, b) => {
        const part = pools[model]?.subarray(b * requests, (b + 1) * requests) ?? new Float64Array(0)
        fillProcess(part, level, normal)
        return part.sort()
      }),
    )
    for (const [name, p] of Object.entries(quantiles)) {
      const [baseline = [], other = []] = perBlock.map((parts) =>
        parts.map((part) => Math.exp(quantileSorted(part, p))),
      )
      const { interval } = latencyRatio({ baseline, other, alpha: 0.05 })
      tally.add(`blocks ${name}`, interval !== null && interval[0] <= fasterBy && interval[1] >= fasterBy)
    }
    const [slow = new Float64Array(0), fast = new Float64Array(0)] = pools.map((pool) =>
      Float64Array.from(pool).sort(),
    )
    for (let k = 0; k < resamples; k++) {
      const one = resampledQuantiles(slow, random, drawn)
      const two = resampledQuantiles(fast, random, drawn)
      for (const [q, list] of differences.entries()) list[k] = (one[q] ?? 0) - (two[q] ?? 0)
    }
    for (const [q, name] of Object.keys(quantiles).entries()) {
      const list = differences[q]?.sort() ?? []
      const covers = quantileSorted(list, 0.025) <= truth && quantileSorted(list, 0.975) >= truth
      tally.add(`resampled ${name}`, covers)
    }
  }
  return tally.sums
}

const cell = 'process effects, AR(1)'

/** Coverage of the latency ratio by blocks, and of an interval that resamples single requests. */
export const latencyStudy: Study = {
  name: study,
  title: `Latency, ${blocks} blocks of ${requests} requests`,
  cells: [{ name: cell, replicates: 2000, short: 300, simulate }],
  judge: (results, judging) => {
    const result = results.get(cell)
    if (result === undefined) return []
    return ['blocks', 'resampled'].flatMap((method) =>
      Object.keys(quantiles).map((name): Row => {
        const right = method === 'blocks'
        const what = right ? 't over blocks' : 'resampled requests'
        const limits = right ? { low: 0.93, high: 0.97 } : { high: 0.8, canary: true }
        return rowOf(
          { study, name: `ratio of ${name}, ${what}: 95 % interval covers` },
          shareOf(result, `${method} ${name}`),
          { nominal: 0.95, ...limits },
          judging,
        )
      }),
    )
  },
}

import type { RunPage } from '../../../core/contracts/views.ts'
import { downsample } from '../../../core/series/downsample.ts'
import { readLogged } from '../../../db/read-logged.ts'
import type { Context } from '../context.ts'

const mostKeys = 24
const mostPoints = 400
/** Of a longer series every so many steps are read; the shape is kept of those. */
const mostRead = 4_000

/** What clients logged of a run beside its training, small enough to be drawn. */
export function readLoggedMetrics(ctx: Context, runId: string): RunPage['logged'] {
  const { keys, series } = readLogged(ctx.db.read, { runId, mostKeys, mostPoints: mostRead })
  return {
    keys,
    series: series.map((one) => ({
      ...one,
      points: downsample(one.points, mostPoints).map(([step, value]) => [step, value]),
    })),
  }
}

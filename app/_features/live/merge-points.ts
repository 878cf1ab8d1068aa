import { isTrainingKey } from '../../../core/contracts/training-keys.ts'
import type { CurvesPage, LiveEvent, RunPage } from '../../../core/contracts/views.ts'
import { patchLogged } from './merge-logged.ts'
import { mergePoints } from './merge-series.ts'

type Points = [step: number, value: number][]
type MetricsEvent = Extract<LiveEvent, { type: 'metrics' }>
type LogEvent = Extract<LiveEvent, { type: 'log' }>

/** Lines of a log that a page keeps. */
const LOG_LINES = 500

/** The curves of an experiment with the points of `event` in them. Unknown arms are left to the next fetch. */
export function patchCurves(page: CurvesPage, event: MetricsEvent): CurvesPage {
  const points = pointsOf(event, page.key)
  const own = event.points.map((point) => point.key).filter(isTrainingKey)
  const keys = [...new Set([...page.keys, ...own])]
  if (points.length === 0) return keys.length === page.keys.length ? page : { ...page, keys }
  const arms = page.arms.map((arm) => {
    if (arm.armId !== event.armId) return arm
    const known = arm.seeds.some((seed) => seed.runId === event.runId)
    const seeds = known
      ? arm.seeds.map((seed) =>
          seed.runId === event.runId ? { ...seed, points: mergePoints(seed.points, points) } : seed,
        )
      : [...arm.seeds, { seed: event.seed, runId: event.runId, points }]
    return { ...arm, seeds: seeds.sort((a, b) => a.seed - b.seed) }
  })
  return { ...page, keys, arms }
}

/** The curves of one run, and what clients logged of it, with the points of `event` in them. */
export function patchRunCurves(page: RunPage, event: MetricsEvent): RunPage {
  if (page.runId !== event.runId) return page
  const curves = { ...page.curves }
  for (const key of new Set(event.points.map((point) => point.key).filter(isTrainingKey))) {
    curves[key] = mergePoints(curves[key] ?? [], pointsOf(event, key))
  }
  const ofClients = event.points.filter((point) => !isTrainingKey(point.key))
  return {
    ...page,
    curves,
    logged: ofClients.length === 0 ? page.logged : patchLogged(page.logged, ofClients),
  }
}

/** The log of one run with the line of `event` at its end, unless a fetch has brought that line already. */
export function patchRunLog(page: RunPage, event: LogEvent): RunPage {
  if (page.runId !== event.runId) return page
  const line = { at: event.at, level: event.level, text: event.text }
  if (page.log.some(({ at, text }) => at === line.at && text === line.text)) return page
  return { ...page, log: [...page.log, line].slice(-LOG_LINES), logLines: page.logLines + 1 }
}

function pointsOf(event: MetricsEvent, key: string): Points {
  return event.points.filter((point) => point.key === key).map((point) => [point.step, point.value])
}

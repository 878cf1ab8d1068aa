import type { ArmView, CurvesPage } from '../../../core/contracts/views.ts'
import { meanAndBand } from '../../../core/series/mean-and-band.ts'
import { armLook } from '../arm-look.ts'
import type { ArmLook } from '../arm-look.ts'
import { linearScale, logScale } from '../scale/axis-scale.ts'
import type { AxisScale } from '../scale/axis-scale.ts'
import { curveMetric, metricTitle } from './curve-metric.ts'
import type { CurveMetric } from './curve-metric.ts'
import { focusDomain, focusLogDomain } from './focus-domain.ts'
import type { EndLabel, Level, Line, PreparedLines } from './line-chart.ts'

export interface CurvesChoice {
  axis: 'step' | 'epoch'
  view: 'mean' | 'seeds'
  log: boolean
  /** Ids of the arms to draw, the teacher among them. */
  shown: readonly string[]
}

/** The mean of an arm over its seeds, whatever is drawn. */
export interface ArmMean {
  label: string
  points: [x: number, mean: number, half: number | null][]
}

export interface PreparedCurves {
  lines: PreparedLines
  means: ArmMean[]
  metric: CurveMetric
  /** Points of students inside the axes, of all that the page holds. The teacher is a level, not counted. */
  drawn: number
  total: number
  /** The largest number of seeds behind a mean. */
  seeds: number
  /** The parts of the axis that were cut: how many points lie under its start and above its end. */
  below: number
  above: number
}

interface ArmCurve {
  arm: ArmView
  mean: ArmMean
  look: ArmLook
  lines: Line[]
  end: [x: number, y: number] | null
}

/**
 * Curves of the chosen arms over seeds: the mean with the 95 % interval at each point, or every seed. The teacher is a
 * level at its last value. null while the chosen arms have no point.
 */
export function prepareCurves(
  page: CurvesPage,
  arms: readonly ArmView[],
  choice: CurvesChoice,
): PreparedCurves | null {
  const metric = curveMetric(page.key)
  const shown = arms.filter((arm) => choice.shown.includes(arm.id))
  const curves = shown
    .filter((arm) => arm.role !== 'teacher')
    .map((arm) => armCurve(arm, page, choice, metric))
  const levels = shown
    .filter((arm) => arm.role === 'teacher')
    .flatMap((arm) => teacherLevel(arm, page, metric))
  const points = curves.flatMap((curve) => curve.lines.flatMap((line) => line.points))
  const [first, last] = [Math.min(...points.map(([x]) => x)), Math.max(...ends(page, shown, choice))]
  if (points.length === 0 || !(first < last)) return null
  const y = yScale(points, levels, last, metric, choice.log)
  if (y === null) return null
  const all = shown.flatMap((arm) => seedPoints(arm, page, metric))
  const [low, high] = y.domain
  const below = all.filter((value) => value < low).length
  const above = all.filter((value) => value > high).length
  return {
    metric,
    means: curves.map((curve) => curve.mean),
    total: arms.reduce((sum, arm) => sum + seedPoints(arm, page, metric).length, 0),
    drawn: all.length - below - above,
    below,
    above,
    seeds: Math.max(0, ...page.arms.map((of) => of.seeds.filter((seed) => seed.points.length > 0).length)),
    lines: {
      x: linearScale(choice.axis === 'epoch' ? 'Epoch' : 'Step', [first, last], 6),
      y,
      lines: curves.flatMap((curve) => curve.lines),
      levels,
      labels: [
        ...curves.flatMap((curve) => endLabel(curve, metric)),
        ...levels.map((level): EndLabel => ({
          id: 'teacher',
          label: 'Teacher',
          shorter: [],
          value: figure(level.value, metric),
          colour: level.colour,
          mark: null,
          at: [last, level.value],
        })),
      ],
    },
  }
}

function armCurve(arm: ArmView, page: CurvesPage, choice: CurvesChoice, metric: CurveMetric): ArmCurve {
  const look = armLook(arm)
  const of = page.arms.find((candidate) => candidate.armId === arm.id)
  const perX = of && choice.axis === 'epoch' ? of.stepsPerEpoch : 1
  const mean = meanAndBand((of?.seeds ?? []).map((seed) => seed.points)).map((point) => ({
    x: point.step / perX,
    y: point.mean * metric.scale,
    half: point.high === null ? null : (point.high - point.mean) * metric.scale,
  }))
  const last = mean.at(-1)
  const style = { colour: look.colour, stroke: look.stroke }
  const meanLine: Line = {
    ...style,
    id: arm.id,
    width: 2,
    opacity: 1,
    points: mean.map(({ x, y }) => [x, y]),
    band: mean.flatMap(({ x, y, half }) => (half === null ? [] : [[x, y - half, y + half]])),
  }
  const seedLines = (of?.seeds ?? []).map((seed): Line => ({
    ...style,
    id: `${arm.id}-${seed.seed}`,
    width: 1.25,
    opacity: 0.6,
    points: seed.points
      .filter(([, value]) => Number.isFinite(value))
      .map(([step, value]) => [step / perX, value * metric.scale]),
    band: [],
  }))
  return {
    arm,
    mean: { label: arm.label, points: mean.map(({ x, y, half }) => [x, y, half]) },
    look,
    lines: choice.view === 'mean' ? [meanLine] : seedLines.filter((line) => line.points.length > 0),
    end: last ? [last.x, last.y] : null,
  }
}

function yScale(
  points: readonly [number, number][],
  levels: readonly Level[],
  xMax: number,
  metric: CurveMetric,
  log: boolean,
): AxisScale | null {
  const title = metricTitle(metric)
  const all = [...points, ...levels.map((level): [number, number] => [xMax, level.value])]
  if (log) {
    const domain = focusLogDomain(all, xMax)
    return domain && logScale(`${title}, logarithmic`, domain, 7)
  }
  const domain = focusDomain(all, xMax, metric.bounds)
  return domain && linearScale(title, domain, 7)
}

function teacherLevel(arm: ArmView, page: CurvesPage, metric: CurveMetric): Level[] {
  const of = page.arms.find((candidate) => candidate.armId === arm.id)
  const last = of?.seeds[0]?.points.at(-1)
  if (!of || !last || !Number.isFinite(last[1])) return []
  return [{ colour: 'ink', value: last[1] * metric.scale, final: last[0] >= of.steps }]
}

/** Where the axis may end: after the last planned step of each arm. */
function ends(page: CurvesPage, shown: readonly ArmView[], choice: CurvesChoice): number[] {
  return shown
    .filter((arm) => arm.role !== 'teacher')
    .flatMap((arm) => {
      const of = page.arms.find((candidate) => candidate.armId === arm.id)
      return of ? [choice.axis === 'epoch' ? of.steps / of.stepsPerEpoch : of.steps] : []
    })
}

function seedPoints(arm: ArmView, page: CurvesPage, metric: CurveMetric): number[] {
  if (arm.role === 'teacher') return []
  const of = page.arms.find((candidate) => candidate.armId === arm.id)
  return (of?.seeds ?? []).flatMap((seed) =>
    seed.points.filter(([, value]) => Number.isFinite(value)).map(([, value]) => value * metric.scale),
  )
}

function endLabel(curve: ArmCurve, metric: CurveMetric): EndLabel[] {
  if (curve.end === null) return []
  return [
    {
      id: curve.arm.id,
      label: curve.arm.label,
      shorter: curve.arm.shorter,
      value: figure(curve.end[1], metric),
      colour: curve.look.colour,
      mark: curve.look,
      at: curve.end,
    },
  ]
}

function figure(value: number, metric: CurveMetric): string {
  return value.toFixed(metric.digits).replace('-', '−')
}

import type { ArmView, CurvesPage } from '../../../core/contracts/views.ts'
import { meanAndBand } from '../../../core/series/mean-and-band.ts'
import { armLook } from '../arm-look.ts'
import type { ArmLook } from '../arm-look.ts'
import { tickLabels } from '../scale/axis-scale.ts'
import { fraction, linearTicks } from '../scale/ticks.ts'
import { curveMetric } from './curve-metric.ts'
import { focusDomain } from './focus-domain.ts'

type Points = [x: number, y: number][]

/** One small picture; positions are shares of the plot, 0 at the left and at the bottom. */
export interface GapCurve {
  armId: string
  label: string
  look: ArmLook
  train: Points
  validation: Points
  /** Train minus validation at the last step that both have, in points. */
  gap: number | null
  xTicks: { at: number; label: string }[]
}

export interface PreparedGapCurves {
  curves: GapCurve[]
  yTicks: { at: number; label: string }[]
}

/** Mean train and validation accuracy of every arm by epoch, all on one scale. null while there is no point. */
export function prepareGapCurves(
  train: CurvesPage,
  validation: CurvesPage,
  arms: readonly ArmView[],
): PreparedGapCurves | null {
  const { scale, bounds } = curveMetric('validation/accuracy')
  const students = arms.filter((arm) => arm.role !== 'teacher')
  const raw = students.map((arm) => ({
    arm,
    epochs: epochs(validation, arm),
    train: byEpoch(train, arm, scale),
    validation: byEpoch(validation, arm, scale),
  }))
  const longest = Math.max(0, ...raw.map((one) => one.epochs))
  const domain = focusDomain(
    raw.flatMap((one) => [...one.train, ...one.validation]),
    longest,
    bounds,
  )
  if (domain === null) return null
  const ticks = linearTicks(domain, 3)
  const labels = tickLabels(ticks)
  return {
    yTicks: ticks.map((tick, index) => ({ at: fraction(tick, domain), label: labels[index] ?? '' })),
    curves: raw
      .filter((one) => one.train.length + one.validation.length > 0)
      .map((one) => {
        const placed = (points: Points): Points =>
          points.map(([x, y]) => [x / one.epochs, fraction(y, domain)])
        const xTicks = linearTicks([0, one.epochs], 2)
        const xLabels = tickLabels(xTicks)
        return {
          armId: one.arm.id,
          label: one.arm.label,
          look: armLook(one.arm),
          train: placed(one.train),
          validation: placed(one.validation),
          gap: gapAtEnd(one.train, one.validation),
          xTicks: xTicks.map((tick, index) => ({ at: tick / one.epochs, label: xLabels[index] ?? '' })),
        }
      }),
  }
}

function byEpoch(page: CurvesPage, arm: ArmView, scale: number): Points {
  const of = page.arms.find((candidate) => candidate.armId === arm.id)
  if (!of) return []
  return meanAndBand(of.seeds.map((seed) => seed.points)).map((point) => [
    point.step / of.stepsPerEpoch,
    point.mean * scale,
  ])
}

function epochs(page: CurvesPage, arm: ArmView): number {
  const of = page.arms.find((candidate) => candidate.armId === arm.id)
  return of ? of.steps / of.stepsPerEpoch : 1
}

function gapAtEnd(train: Points, validation: Points): number | null {
  const of = new Map(train)
  const shared = validation.findLast(([x]) => of.has(x))
  if (!shared) return null
  return (of.get(shared[0]) ?? Number.NaN) - shared[1]
}

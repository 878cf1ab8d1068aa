import type { Named } from '../fit-name.ts'
import type { ArmFigures, ArmView } from '../../../core/contracts/views.ts'
import { armLook } from '../arm-look.ts'
import type { ArmLook } from '../arm-look.ts'
import { linearScale, logScale } from '../scale/axis-scale.ts'
import type { AxisScale } from '../scale/axis-scale.ts'
import { paddedDomain } from '../scale/ticks.ts'
import { paretoFront } from './pareto-front.ts'

export interface ScatterPoint extends Named {
  armId: string
  look: ArmLook
  /** MB or milliseconds. */
  x: number
  /** Test accuracy, percent, with its 95 % interval over seeds where there is one. */
  y: number
  low: number | null
  high: number | null
  n: number
  onFront: boolean
}

export interface PreparedScatter {
  x: AxisScale
  y: AxisScale
  points: ScatterPoint[]
  /** The Pareto front, ascending in x. */
  front: ScatterPoint[]
  /** Labels of the arms that have no accuracy or no cost yet. */
  missing: string[]
}

const costs = {
  size: {
    title: 'Size, MB',
    of: (figures: ArmFigures) => (figures.sizeBytes === null ? null : figures.sizeBytes / 1e6),
  },
  latency: { title: 'Latency p50, ms', of: (figures: ArmFigures) => figures.latency?.p50Ms ?? null },
} as const

/** Test accuracy of every arm against its size on disk or its latency. null while no arm has both. */
export function prepareScatter(
  arms: readonly ArmView[],
  figures: readonly ArmFigures[],
  cost: keyof typeof costs,
): PreparedScatter | null {
  const points: ScatterPoint[] = []
  const missing: string[] = []
  for (const arm of arms) {
    const of = figures.find((candidate) => candidate.armId === arm.id)
    const accuracy = of?.metrics['test/accuracy']
    const x = of ? costs[cost].of(of) : null
    if (!accuracy || x === null || !(x > 0)) {
      missing.push(arm.label)
      continue
    }
    const half = accuracy.half === null ? null : accuracy.half * 100
    const y = accuracy.mean * 100
    points.push({
      armId: arm.id,
      label: arm.label,
      shorter: arm.shorter,
      look: armLook(arm),
      x,
      y,
      low: half === null ? null : y - half,
      high: half === null ? null : y + half,
      n: accuracy.n,
      onFront: false,
    })
  }
  const front = paretoFront(points)
  for (const point of front) point.onFront = true
  const yDomain = paddedDomain(
    points.flatMap((point) => [point.y, point.low ?? point.y, point.high ?? point.y]),
    0.06,
    1,
  )
  const logDomain = paddedDomain(
    points.map((point) => Math.log10(point.x)),
    0.12,
    0.3,
  )
  if (!yDomain || !logDomain) return null
  return {
    x: logScale(costs[cost].title, [10 ** logDomain[0], 10 ** logDomain[1]], 7),
    y: linearScale('Test accuracy, %', [Math.max(0, yDomain[0]), Math.min(100, yDomain[1])], 7),
    points,
    front,
    missing,
  }
}

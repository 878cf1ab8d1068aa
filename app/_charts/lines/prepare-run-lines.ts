import { hasEnded } from '../../../core/contracts/run.ts'
import type { RunPage } from '../../../core/contracts/views.ts'
import { armLook } from '../arm-look.ts'
import type { ArmLook } from '../arm-look.ts'
import { linearScale } from '../scale/axis-scale.ts'
import { curveMetric } from './curve-metric.ts'
import { focusDomain } from './focus-domain.ts'
import type { EndLabel, Line, PreparedLines } from './line-chart.ts'

/**
 * One run's curve on training and validation data by epoch, over the grey curves of the arm's other seeds.
 * null while there is not a single point. The axis is as long as the plan, and once the run has ended as what is drawn.
 */
export function prepareRunLines(
  page: Pick<RunPage, 'arm' | 'curves' | 'siblings' | 'status' | 'steps' | 'stepsPerEpoch'>,
  title: string,
  kind: 'accuracy' | 'nll',
): PreparedLines | null {
  const metric = curveMetric(`validation/${kind}`)
  const shown = (points: [number, number][]): [number, number][] =>
    points.map(([step, value]) => [step / page.stepsPerEpoch, value * metric.scale])
  const validation = shown(page.curves[`validation/${kind}`] ?? [])
  const train = shown(page.curves[`train/${kind}`] ?? [])
  const siblings = (page.siblings[`validation/${kind}`] ?? []).map(shown)
  const drawn = [...validation, ...train, ...siblings.flat()]
  const epochs = hasEnded(page) ? Math.max(...drawn.map(([x]) => x)) : page.steps / page.stepsPerEpoch
  const y = focusDomain(drawn, epochs, metric.bounds)
  if (y === null) return null
  const look = armLook(page.arm)
  const first = Math.min(1, ...validation.map(([x]) => x), ...train.map(([x]) => x))
  return {
    x: linearScale('Epoch', [first, Math.max(epochs, first + 1e-6)], 5),
    y: linearScale(title, y, 6),
    lines: [
      ...siblings.map((points, index): Line => {
        return plain(`sibling-${index}`, points, { colour: 'ghost', stroke: 'solid', width: 1 })
      }),
      plain('train', train, { colour: look.colour, stroke: 'fine', width: 1.5 }),
      plain('validation', validation, { colour: look.colour, stroke: 'solid', width: 2.25 }),
    ].filter((line) => line.points.length > 0),
    levels: [],
    labels: [...endLabel('train', train, look, null), ...endLabel('validation', validation, look, look)],
  }
}

function plain(
  id: string,
  points: [number, number][],
  style: Pick<Line, 'colour' | 'stroke' | 'width'>,
): Line {
  return { id, points, band: [], opacity: 1, ...style }
}

function endLabel(
  label: string,
  points: [number, number][],
  look: ArmLook,
  mark: ArmLook | null,
): EndLabel[] {
  const at = points.at(-1)
  return at ? [{ id: label, label, shorter: [], value: '', colour: look.colour, mark, at }] : []
}

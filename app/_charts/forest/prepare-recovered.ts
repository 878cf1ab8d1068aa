import { recoveredText } from '../../../core/wording/recovered-text.ts'
import type { SaidTeacher } from '../../../core/wording/say-comparison.ts'
import type { ArmView } from '../../../core/contracts/views.ts'
import { decimal } from '../../_ui/format.ts'
import { armLook } from '../arm-look.ts'
import type { ArmLook } from '../arm-look.ts'
import { forestAxis } from './forest-axis.ts'
import { nameOf } from './forest-items.ts'
import type { Bar } from './prepare-forest.ts'

/** What the strip places; x in percent of the plot's width. */
export interface Recovered {
  /** The control at 0 %, the teacher at 100 %. */
  control: number
  teacher: number
  ticks: { x: number; text: string }[]
  rows: RecoveredRow[]
}

export interface RecoveredRow {
  armId: string
  label: string
  look: ArmLook
  estimate: string
  interval: string
  point: number | null
  bar: Bar | null
  /** In place of the picture. */
  reason: string
}

/**
 * Share of the teacher's gain over the control that each arm keeps. An estimate without an interval is not drawn: the
 * reason stands in its place. null where no arm has an interval.
 */
export function prepareRecovered(
  comparisons: readonly SaidTeacher[],
  arms: readonly ArmView[],
): Recovered | null {
  const known = comparisons.filter(({ recovered }) => recovered.interval !== null)
  if (known.length === 0) return null
  const percent = (share: number): number => share * 100
  const axis = forestAxis({
    margin: 0,
    teacher: null,
    values: [0, 100, ...known.flatMap(({ recovered }) => recovered.estimate ?? []).map(percent)],
    ends: known.flatMap(({ recovered }) => recovered.interval ?? []).map(percent),
  })
  const x = (value: number): number =>
    Math.round(((Math.min(axis.to, Math.max(axis.from, value)) - axis.from) / (axis.to - axis.from)) * 1e5) /
    1000
  return {
    control: x(0),
    teacher: x(100),
    ticks: axis.ticks.map((tick) => ({ x: x(tick), text: `${decimal(tick, 0)} %` })),
    rows: comparisons.map(({ arm, recovered }) => {
      const { estimate, interval } = recovered
      const view = arms.find(({ id }) => id === arm)
      const shown = estimate !== null && interval !== null
      const [from, to] = (interval ?? [0, 0]).map(percent) as [number, number]
      return {
        armId: arm,
        label: nameOf(arms, arm),
        look: armLook(view ?? { role: 'distillation', slot: null }),
        estimate: shown ? `${decimal(percent(estimate), 0)} %` : '–',
        interval: shown ? `${decimal(from, 0)} to ${decimal(to, 0)}` : '',
        point: shown ? x(percent(estimate)) : null,
        bar: shown
          ? { from: x(from), to: x(to), beyondLeft: from < axis.from, beyondRight: to > axis.to }
          : null,
        reason: shown ? '' : (recoveredText(recovered) ?? 'not estimable'),
      }
    }),
  }
}

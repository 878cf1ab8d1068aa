import type { ArmFigures, ArmView } from '../../../core/contracts/views.ts'
import { armLook } from '../arm-look.ts'
import type { ArmLook } from '../arm-look.ts'
import { tickLabels } from '../scale/axis-scale.ts'
import { fraction, linearTicks, paddedDomain } from '../scale/ticks.ts'

export interface GapRow {
  armId: string
  label: string
  look: ArmLook
  /** Accuracies in percent, null where there is none. */
  train: number | null
  test: number | null
  /** Train minus test in points with half of its interval over seeds. */
  gap: number | null
  half: number | null
  /** Shares of the axis, 0 to 1. */
  trainAt: number | null
  testAt: number | null
}

export interface PreparedGap {
  rows: GapRow[]
  ticks: { at: number; label: string }[]
}

/** Train and test accuracy of every arm on one axis, with the gap between them. null while no arm has either. */
export function prepareGap(arms: readonly ArmView[], figures: readonly ArmFigures[]): PreparedGap | null {
  const rows = arms.map((arm) => {
    const metrics = figures.find((of) => of.armId === arm.id)?.metrics ?? {}
    const gap = metrics['gap/accuracy']
    return {
      arm,
      train: percent(metrics['train/accuracy']?.mean),
      test: percent(metrics['test/accuracy']?.mean),
      gap: percent(gap?.mean),
      half: percent(gap?.half ?? undefined),
    }
  })
  const domain = paddedDomain(
    rows.flatMap(({ train, test }) => [train, test]).filter((value) => value !== null),
    0.06,
    1,
  )
  if (!domain) return null
  const ends = [Math.max(0, domain[0]), Math.min(100.5, domain[1])] as const
  const ticks = linearTicks([ends[0], Math.min(100, ends[1])], 7)
  const labels = tickLabels(ticks)
  return {
    rows: rows.map(({ arm, ...values }) => ({
      armId: arm.id,
      label: arm.label,
      look: armLook(arm),
      ...values,
      trainAt: values.train === null ? null : fraction(values.train, ends),
      testAt: values.test === null ? null : fraction(values.test, ends),
    })),
    ticks: ticks.map((tick, index) => ({ at: fraction(tick, ends), label: labels[index] ?? '' })),
  }
}

function percent(value: number | undefined): number | null {
  return value === undefined ? null : value * 100
}

import type { ExperimentSummary } from '../../core/contracts/views.ts'

export interface SparkDrawing {
  arm: string
  control: string
  teacherY: number | null
  last: { x: number; y: number; text: string }
}

/**
 * Paths of a sparkline. The last value of the distilled arm, or of the control while there is no other, is written
 * beside it, in percent. null where no line has a value yet.
 */
export function prepareSpark(
  spark: NonNullable<ExperimentSummary['spark']>,
  size: { width: number; height: number; right: number },
): SparkDrawing | null {
  const strong = spark.arm.length > 0 ? spark.arm : spark.control
  const final = strong.at(-1)
  if (final === undefined) return null
  const values = [...spark.arm, ...spark.control, ...(spark.teacher === null ? [] : [spark.teacher])]
  const high = Math.max(...values)
  const low = Math.min(...values)
  const span = high - low || 1
  const epochs = Math.max(spark.arm.length, spark.control.length, 2)
  const x = (index: number): number => tenth(1 + (index / (epochs - 1)) * (size.width - size.right - 2))
  const y = (value: number): number => tenth(size.height - 3 - ((value - low) / span) * (size.height - 6))
  const path = (series: readonly number[]): string =>
    series.map((value, index) => `${index === 0 ? 'M' : 'L'}${x(index)} ${y(value)}`).join('')
  return {
    arm: path(spark.arm),
    control: path(spark.control),
    teacherY: spark.teacher === null ? null : y(spark.teacher),
    last: { x: x(strong.length - 1), y: y(final), text: (final * 100).toFixed(1) },
  }
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}

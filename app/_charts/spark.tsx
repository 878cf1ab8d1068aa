import type { ReactNode } from 'react'
import type { ExperimentSummary } from '../../core/contracts/views.ts'
import { prepareSpark } from './prepare-spark.ts'

/** Validation accuracy by epoch in the size of a word: a distilled arm, the control paler, the teacher dashed. */
export function Spark({ spark }: { spark: NonNullable<ExperimentSummary['spark']> }): ReactNode {
  const drawing = prepareSpark(spark, { width: 150, height: 40, right: 34 })
  if (drawing === null) return null
  return (
    <svg
      width="150"
      height="40"
      viewBox="0 0 150 40"
      role="img"
      aria-label={`Validation accuracy so far ${drawing.last.text} %`}
      className="block overflow-visible"
    >
      {drawing.teacherY === null ? null : (
        <path d={`M0 ${drawing.teacherY}H116`} stroke="var(--ink-2)" strokeDasharray="5 3" />
      )}
      <path d={drawing.control} fill="none" stroke="var(--ghost)" strokeWidth="1.4" />
      <path d={drawing.arm} fill="none" stroke="var(--ink)" strokeWidth="1.4" />
      <circle cx={drawing.last.x} cy={drawing.last.y} r="2.2" fill="var(--ink)" />
      <text
        x={drawing.last.x + 6}
        y={drawing.last.y + 4}
        style={{ fontSize: 11, fill: 'var(--ink-2)' }}
        aria-hidden="true"
      >
        {drawing.last.text}
      </text>
    </svg>
  )
}

import type { CSSProperties, ReactNode } from 'react'
import { Chip, OutlinedChip } from '../../_ui/chip.tsx'
import { NoBreak } from '../../_ui/page-parts.tsx'
import { ForestStrip } from './forest-strip.tsx'
import styles from './forest.module.css'
import type { Forest, ForestRow } from './prepare-forest.ts'

/**
 * One row an arm: name, interval against zero and margin, figures, word. To a screen reader it is a table.
 * Colour is the verdict's, never the arm's.
 */
export function ForestPlot(props: {
  forest: Forest
  label: string
  /** "±1 point" and its short form. */
  margin: { wide: string; narrow: string }
  /** What the axis measures, and its short form. */
  axis: { wide: string; narrow: string }
}): ReactNode {
  const { forest } = props
  return (
    <div
      role="table"
      aria-label={props.label}
      className={`${styles.forest} ${forest.dense ? styles.dense : ''}`}
    >
      <div role="row" className={styles.head}>
        <div role="columnheader">Method</div>
        <div role="columnheader" className={styles.plot}>
          <HeadLabels forest={forest} margin={props.margin} />
        </div>
        <div role="columnheader" className="pl-6">
          Difference
        </div>
        <div role="columnheader" className="pl-4">
          Verdict
        </div>
      </div>
      {forest.rows.map((row) => (
        <Row key={row.armId} forest={forest} row={row} />
      ))}
      <div aria-hidden="true" className={styles.axis}>
        <div />
        <div className={styles.plot}>
          {forest.ticks.map((tick) => (
            <span
              key={tick.text}
              className={`${styles.at} top-1.5 text-ink-2`}
              style={{ left: `${tick.x}%` }}
            >
              {tick.text}
            </span>
          ))}
          <span className={`${styles.at} top-6`} style={{ left: '50%' }}>
            <Both {...props.axis} />
          </span>
        </div>
        <div />
        <div />
      </div>
    </div>
  )
}

function Row({ forest, row }: { forest: Forest; row: ForestRow }): ReactNode {
  const look = [
    styles.row,
    styles[row.tone],
    row.hollow ? styles.hollow : '',
    row.provisional ? styles.provisional : '',
  ].join(' ')
  return (
    <div role="row" className={look}>
      <div role="rowheader" className={styles.label}>
        <b>
          <NoBreak>{row.label}</NoBreak>
        </b>
        <span title={row.detail}>{row.detail}</span>
      </div>
      <div role="cell" className={styles.plot}>
        <ForestStrip forest={forest} marks={row.marks} />
        {row.alone === '' ? null : <span className="sr-only">for this method alone {row.alone}</span>}
      </div>
      <div role="cell" className={styles.figure}>
        {row.marks === null ? (
          <span className="text-ink-3">–</span>
        ) : (
          <>
            <b>{row.estimate}</b>
            <span>{row.interval}</span>
          </>
        )}
      </div>
      <div role="cell" className={styles.verdict}>
        {row.word === null ? <OutlinedChip>{row.tag}</OutlinedChip> : <Chip word={row.word} />}
        {row.remark === '' ? null : <p>{row.remark}</p>}
      </div>
    </div>
  )
}

/** Names above the plot. Where the band is narrow they keep their distance from zero instead of from its edges. */
function HeadLabels({
  forest,
  margin,
}: {
  forest: Forest
  margin: { wide: string; narrow: string }
}): ReactNode {
  const { band, zero, teacher } = forest
  const near = teacher !== null && Math.abs(teacher.x - zero) < band.to - zero + 26
  return (
    <>
      <span
        className={`${styles.at} bottom-0 ${zero < 20 ? 'max-wide:hidden' : ''}`}
        style={{
          left: `max(var(--label-edge), min(${band.from}% - 10px, ${zero}% - 62px))`,
          transform: 'translateX(-100%)',
        }}
      >
        <Both wide="← worse than control" narrow="← worse" />
      </span>
      <span className={`${styles.at} bottom-0 text-ink-2`} style={{ left: `${zero}%` }}>
        <Both wide={`margin ${margin.wide}`} narrow={`margin ${margin.narrow}`} />
      </span>
      <span
        className={`${styles.at} bottom-0`}
        style={{ left: `min(max(${band.to}% + 10px, ${zero}% + 62px), 100% - 52px)`, transform: 'none' }}
      >
        better →
      </span>
      {teacher === null ? null : (
        <span
          className={`${styles.at} text-ink-2 ${near || teacher.beyond !== null ? 'top-0' : 'bottom-0'} max-wide:top-0`}
          style={teacherPlace[teacher.beyond ?? 'inside'](teacher.x)}
        >
          {teacher.beyond === 'left' ? '← ' : ''}teacher {teacher.text}
          {teacher.beyond === 'right' ? ' →' : ''}
        </span>
      )}
    </>
  )
}

/** Above its line, or at the edge behind which it lies. A name near an edge must not leave the page. */
const teacherPlace = {
  inside: (x: number): CSSProperties => ({ left: `clamp(40px, ${x}%, 100% - 40px)` }),
  left: (): CSSProperties => ({ left: 0, transform: 'none' }),
  right: (): CSSProperties => ({ right: 0, transform: 'none' }),
}

function Both({ wide, narrow }: { wide: string; narrow: string }): ReactNode {
  return (
    <>
      <span className="max-desk:hidden">{wide}</span>
      <span className="desk:hidden">{narrow}</span>
    </>
  )
}

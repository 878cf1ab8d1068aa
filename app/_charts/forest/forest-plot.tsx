import { Fragment } from 'react'
import type { ReactNode } from 'react'
import { Chip, OutlinedChip } from '../../_ui/chip.tsx'
import { NoBreak } from '../../_ui/page-parts.tsx'
import { Both, ForestHead } from './forest-head.tsx'
import type { WideAndNarrow } from './forest-head.tsx'
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
  margin: WideAndNarrow
  /** "← worse than control" and its short form. */
  worse: WideAndNarrow
  /** What the axis measures, and its short form. */
  axis: WideAndNarrow
  /** Rows of questions beside the primary one are lower. */
  low?: boolean
}): ReactNode {
  const { forest } = props
  return (
    <div
      role="table"
      aria-label={props.label}
      className={`${styles.forest} ${props.low === true ? styles.low : forest.dense ? styles.dense : ''}`}
    >
      <div role="row" className={styles.head}>
        <div role="columnheader">Method</div>
        <div role="columnheader" className={styles.plot}>
          <ForestHead forest={forest} margin={props.margin} worse={props.worse} />
        </div>
        <div role="columnheader" className="pl-6">
          Difference
        </div>
        <div role="columnheader" className="pl-4">
          Verdict
        </div>
      </div>
      {forest.rows.map((row) => (
        <Fragment key={row.key}>
          {row.heading === null ? null : (
            <div role="row" className={styles.group}>
              <span role="cell" aria-colspan={4}>
                {row.heading}
              </span>
            </div>
          )}
          <Row forest={forest} row={row} />
        </Fragment>
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
        {row.live === '' ? null : <span className="sr-only">, however often you look {row.live}</span>}
      </div>
      <div role="cell" className={styles.figure}>
        {row.marks === null ? (
          <span className="text-ink-3">–</span>
        ) : (
          <>
            <b>{row.estimate}</b>
            <span>{row.interval}</span>
            {row.level === '' ? null : <small>{row.level}</small>}
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

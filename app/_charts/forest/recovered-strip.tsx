import type { ReactNode } from 'react'
import { NoBreak } from '../../_ui/page-parts.tsx'
import { markColour } from '../arm-look.ts'
import { ArmMarker, MarkPath } from '../arm-marker.tsx'
import styles from './recovered.module.css'
import type { Recovered, RecoveredRow } from './prepare-recovered.ts'

const percent = (value: number): string => `${value}%`

/** Share of the teacher's gain, one row an arm in the arm's colour: no verdict here. To a screen reader a table. */
export function RecoveredStrip({ recovered, label }: { recovered: Recovered; label: string }): ReactNode {
  return (
    <div role="table" aria-label={label} className={styles.strip}>
      <div role="row" className="sr-only">
        <span role="columnheader">Method</span>
        <span role="columnheader">Share kept</span>
      </div>
      {recovered.rows.map((row) => (
        <div key={row.armId} role="row" className={styles.row}>
          <div role="rowheader" className={styles.name}>
            <ArmMarker look={row.look} />
            <NoBreak>{row.label}</NoBreak>
          </div>
          <div aria-hidden="true" className={styles.plot}>
            <Picture recovered={recovered} row={row} />
          </div>
          <div role="cell" className={styles.figure}>
            {row.reason === '' ? (
              <>
                <b>{row.estimate}</b> {row.interval}
              </>
            ) : (
              <span className="text-12 text-ink-3">{row.reason}</span>
            )}
          </div>
        </div>
      ))}
      <div aria-hidden="true" className={styles.axis}>
        <div className={styles.plot}>
          {recovered.ticks.map((tick) => (
            <span key={tick.text} style={{ left: percent(tick.x) }}>
              {tick.text}
            </span>
          ))}
        </div>
      </div>
    </div>
  )
}

function Picture({ recovered, row }: { recovered: Recovered; row: RecoveredRow }): ReactNode {
  const colour = `var(--${markColour(row.look)})`
  return (
    <svg>
      {recovered.ticks.map((tick) => (
        <line
          key={tick.text}
          className={styles.grid}
          x1={percent(tick.x)}
          x2={percent(tick.x)}
          y1="0"
          y2="100%"
        />
      ))}
      <line
        className={styles.zero}
        x1={percent(recovered.control)}
        x2={percent(recovered.control)}
        y1="0"
        y2="100%"
      />
      <line
        className={styles.teacher}
        x1={percent(recovered.teacher)}
        x2={percent(recovered.teacher)}
        y1="0"
        y2="100%"
      />
      {row.bar === null || row.point === null ? null : (
        <>
          <line
            x1={percent(row.bar.from)}
            x2={percent(row.bar.to)}
            y1="50%"
            y2="50%"
            stroke={colour}
            strokeWidth="2"
          />
          {row.bar.beyondLeft ? (
            <Placed x={row.bar.from}>
              <path d="M0-5l-8 5 8 5z" fill={colour} />
            </Placed>
          ) : null}
          {row.bar.beyondRight ? (
            <Placed x={row.bar.to}>
              <path d="M0-5l8 5-8 5z" fill={colour} />
            </Placed>
          ) : null}
          <Placed x={row.point}>
            <MarkPath look={row.look} radius={4.5} />
          </Placed>
        </>
      )}
    </svg>
  )
}

function Placed({ x, children }: { x: number; children: ReactNode }): ReactNode {
  return (
    <svg x={percent(x)} y="50%" style={{ position: 'static' }} overflow="visible">
      {children}
    </svg>
  )
}

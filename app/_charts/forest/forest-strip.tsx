import type { ReactNode } from 'react'
import styles from './forest.module.css'
import type { Bar, Forest, ForestMarks } from './prepare-forest.ts'

const percent = (value: number): string => `${value}%`

/** The picture of one row. Its bars stand in the cells in words; the ticks of single seeds are on the Runs page. */
export function ForestStrip({ forest, marks }: { forest: Forest; marks: ForestMarks | null }): ReactNode {
  const { band, zero, teacher } = forest
  return (
    <svg aria-hidden="true">
      {forest.ticks.map((tick) => (
        <Rule key={tick.text} className={styles.grid} x={tick.x} />
      ))}
      <rect
        className={styles.band}
        x={percent(band.from)}
        width={percent(band.to - band.from)}
        height="100%"
      />
      <Rule className={styles.edge} x={band.from} />
      <Rule className={styles.edge} x={band.to} />
      <Rule className={styles.zero} x={zero} />
      {teacher === null || teacher.beyond !== null ? null : <Rule className={styles.teacher} x={teacher.x} />}
      {marks === null ? null : <Marks marks={marks} />}
    </svg>
  )
}

function Rule({ x, className }: { x: number; className: string | undefined }): ReactNode {
  return <line className={className} x1={percent(x)} x2={percent(x)} y1="0" y2="100%" />
}

function Marks({ marks }: { marks: ForestMarks }): ReactNode {
  return (
    <>
      {marks.seeds.map((seed) => (
        <rect key={seed.seed} className={styles.seed} x={percent(seed.x)} y="50%" width="1" height="6" />
      ))}
      {marks.live === null ? null : <Live bar={marks.live} />}
      {marks.thin === null ? null : <Thin bar={marks.thin} />}
      {marks.thick === null ? null : (
        <rect
          className={styles.thick}
          x={percent(marks.thick.from)}
          width={percent(Math.max(0, marks.thick.to - marks.thick.from))}
          y="50%"
          height="7"
        />
      )}
      <circle className={styles.point} cx={percent(marks.point)} cy="50%" r="6" />
    </>
  )
}

/** The interval that holds however often one looks: around the others, so under them. */
function Live({ bar }: { bar: Bar }): ReactNode {
  return <line className={styles.live} x1={percent(bar.from)} x2={percent(bar.to)} y1="50%" y2="50%" />
}

function Thin({ bar }: { bar: Bar }): ReactNode {
  return (
    <>
      <line className={styles.thin} x1={percent(bar.from)} x2={percent(bar.to)} y1="50%" y2="50%" />
      <End x={bar.from} beyond={bar.beyondLeft} path="M0-5l-8 5 8 5z" />
      <End x={bar.to} beyond={bar.beyondRight} path="M0-5l8 5-8 5z" />
    </>
  )
}

/** A cap where the interval ends, an arrow where it goes on beyond the axis. */
function End({ x, beyond, path }: { x: number; beyond: boolean; path: string }): ReactNode {
  if (!beyond) return <rect className={styles.cap} x={percent(x)} y="50%" width="1.75" height="9" />
  return (
    <svg x={percent(x)} y="50%" style={{ position: 'static' }} overflow="visible">
      <path className={styles.arrow} d={path} />
    </svg>
  )
}

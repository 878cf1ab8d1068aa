import type { ReactNode } from 'react'
import { Skeleton } from '../../_ui/page-parts.tsx'
import styles from './forest.module.css'

const rows = ['first', 'second', 'third', 'fourth']

/** The forest before its figures: rows, zero and a band are there at once, only text is grey blocks. */
export function ForestSkeleton(): ReactNode {
  return (
    <div className={styles.forest} aria-hidden="true">
      <div className={styles.head}>
        <div>Method</div>
        <div className={styles.plot} />
        <div className="pl-6">Difference</div>
        <div className="pl-4">Verdict</div>
      </div>
      {rows.map((row) => (
        <div key={row} className={styles.row}>
          <div className={styles.label}>
            <Skeleton className="h-[13px] w-[120px]" />
            <br />
            <Skeleton className="h-2.5 w-[84px]" />
          </div>
          <div className={styles.plot}>
            <svg>
              <rect className={styles.band} x="32%" width="36%" height="100%" />
              <line className={styles.zero} x1="50%" x2="50%" y1="0" y2="100%" />
            </svg>
          </div>
          <div className={styles.figure}>
            <Skeleton className="h-3.5 w-[52px]" />
          </div>
          <div className={styles.verdict}>
            <Skeleton className="h-[22px] w-[76px]" />
          </div>
        </div>
      ))}
      <div className={styles.axis}>
        <div className={styles.plot} />
      </div>
    </div>
  )
}

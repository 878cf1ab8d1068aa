import type { ReactNode } from 'react'
import { rowGrid } from '../_features/experiments/experiment-row.tsx'
import { Skeleton } from '../_ui/page-parts.tsx'

const rows = ['first', 'second', 'third', 'fourth']

/** The list before its experiments, in rows of their height. */
export default function ExperimentsLoading(): ReactNode {
  return (
    <div role="status" aria-label="Loading the experiments">
      <h1>Experiments</h1>
      <Skeleton className="mt-5 mb-12 h-10 w-full max-w-[340px] wide:h-8" />
      {rows.map((row) => (
        <div key={row} className={`border-t border-line py-[18px] ${rowGrid}`}>
          <div>
            <Skeleton className="h-4 w-4/5" />
            <br />
            <Skeleton className="mt-2 h-3.5 w-1/2" />
          </div>
          <div>
            <Skeleton className="h-[22px] w-[120px]" />
            <br />
            <Skeleton className="mt-1 h-[22px] w-[160px]" />
          </div>
          <div className="max-desk:hidden">
            <Skeleton className="h-10 w-[116px]" />
          </div>
          <div className="max-wide:hidden">
            <Skeleton className="h-9 w-full" />
          </div>
        </div>
      ))}
    </div>
  )
}

import type { ReactNode } from 'react'
import { Skeleton } from '../../_ui/page-parts.tsx'

/** The same heights as the answer and the forest that will stand here. */
export default function ExperimentLoading(): ReactNode {
  return (
    <div role="status" aria-label="Loading">
      <div className="mt-6 wide:mt-8">
        <Skeleton className="h-6 w-full max-w-[34em]" />
        <br />
        <Skeleton className="mt-3 h-4 w-full max-w-[48em]" />
      </div>
      <div className="mt-12 border-b border-line-strong">
        <Skeleton className="mb-12 h-5 w-64" />
        {['a', 'b', 'c', 'd'].map((row) => (
          <div key={row} className="flex h-16 items-center gap-6 border-t border-line">
            <Skeleton className="h-4 w-40" />
            <span className="flex-1" />
            <Skeleton className="h-4 w-16" />
            <Skeleton className="h-[22px] w-24" />
          </div>
        ))}
      </div>
    </div>
  )
}

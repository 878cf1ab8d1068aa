import type { ReactNode } from 'react'
import { ForestSkeleton } from '../../../_charts/forest/forest-skeleton.tsx'
import { Skeleton } from '../../../_ui/page-parts.tsx'

/** The same heights as the answer and the forest that will stand here. */
export default function VerdictLoading(): ReactNode {
  return (
    <div role="status" aria-label="Loading the verdict">
      <div className="mt-6 wide:mt-8">
        <Skeleton className="h-6 w-full max-w-[34em]" />
        <br />
        <Skeleton className="mt-3 h-4 w-full max-w-[48em]" />
      </div>
      <div className="mt-12">
        <Skeleton className="mb-3 h-5 w-64" />
        <ForestSkeleton />
      </div>
    </div>
  )
}

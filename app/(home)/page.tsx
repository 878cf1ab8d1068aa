import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { ExperimentsView } from '../_features/experiments/experiments-view.tsx'
import { firstPage } from '../_features/experiments/pages.ts'
import { Prefetched } from '../_server/prefetch.tsx'

export const metadata: Metadata = { title: { absolute: 'Experiments · Stillhouse' } }

export default function ExperimentsRoute(): ReactNode {
  return (
    <Prefetched
      fetchAll={({ cache, keys, caller }) =>
        cache.fetchInfiniteQuery({
          queryKey: keys.experiments.list.infiniteQueryKey(firstPage),
          queryFn: () => caller.experiments.list(firstPage),
          initialPageParam: null,
          retry: false,
        })
      }
    >
      <ExperimentsView />
    </Prefetched>
  )
}

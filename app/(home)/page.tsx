import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { ExperimentsView } from '../_features/experiments/experiments-view.tsx'
import { Prefetched } from '../_server/prefetch.tsx'

export const metadata: Metadata = { title: { absolute: 'Experiments · Stillhouse' } }

export default function ExperimentsRoute(): ReactNode {
  return (
    <Prefetched
      fetchAll={({ cache, keys, caller }) =>
        cache.fetchQuery({
          queryKey: keys.experiments.list.queryKey(),
          queryFn: () => caller.experiments.list(),
          retry: false,
        })
      }
    >
      <ExperimentsView />
    </Prefetched>
  )
}

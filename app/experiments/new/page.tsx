import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { NewExperimentView } from '../../_features/new-experiment/new-experiment-view.tsx'
import { Prefetched } from '../../_server/prefetch.tsx'

export const metadata: Metadata = { title: 'New experiment' }

export default function NewExperimentRoute(): ReactNode {
  return (
    <Prefetched
      fetchAll={({ cache, keys, caller }) =>
        cache.fetchQuery({
          queryKey: keys.datasets.list.queryKey(),
          queryFn: () => caller.datasets.list(),
          retry: false,
        })
      }
    >
      <NewExperimentView />
    </Prefetched>
  )
}

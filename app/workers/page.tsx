import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { WorkersView } from '../_features/workers/workers-view.tsx'
import { Prefetched } from '../_server/prefetch.tsx'

export const metadata: Metadata = { title: 'Workers' }

export default function WorkersRoute(): ReactNode {
  return (
    <Prefetched
      fetchAll={({ cache, keys, caller }) =>
        cache.fetchQuery({
          queryKey: keys.workers.page.queryKey(),
          queryFn: () => caller.workers.page(),
          retry: false,
        })
      }
    >
      <WorkersView />
    </Prefetched>
  )
}

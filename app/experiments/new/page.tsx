import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { NewExperimentView } from '../../_features/new-experiment/new-experiment-view.tsx'
import { Prefetched } from '../../_server/prefetch.tsx'

export const metadata: Metadata = { title: 'New experiment' }

export default async function NewExperimentRoute({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}): Promise<ReactNode> {
  const address = new URLSearchParams()
  for (const [key, value] of Object.entries(await searchParams)) {
    if (typeof value === 'string') address.set(key, value)
  }
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
      <NewExperimentView address={address.toString()} />
    </Prefetched>
  )
}

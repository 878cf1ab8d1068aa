import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { CompareView } from '../../../_features/compare/compare-view.tsx'
import { Prefetched } from '../../../_server/prefetch.tsx'

export const metadata: Metadata = { title: 'Compare' }

export default async function CompareRoute({
  params,
}: {
  params: Promise<{ id: string }>
}): Promise<ReactNode> {
  const { id } = await params
  return (
    <Prefetched
      fetchAll={({ cache, keys, caller }) =>
        cache.fetchQuery({
          queryKey: keys.experiments.verdict.queryKey({ id }),
          queryFn: () => caller.experiments.verdict({ id }),
          retry: false,
        })
      }
    >
      <CompareView id={id} />
    </Prefetched>
  )
}

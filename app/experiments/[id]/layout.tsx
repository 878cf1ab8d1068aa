import type { ReactNode } from 'react'
import { ExperimentHeader } from '../../_features/experiment/experiment-header.tsx'
import { Prefetched } from '../../_server/prefetch.tsx'

export default async function ExperimentLayout({
  params,
  children,
}: {
  params: Promise<{ id: string }>
  children: ReactNode
}): Promise<ReactNode> {
  const { id } = await params
  return (
    <Prefetched
      fetchAll={({ cache, keys, caller }) =>
        cache.fetchQuery({
          queryKey: keys.experiments.page.queryKey({ id }),
          queryFn: () => caller.experiments.page({ id }),
          retry: false,
        })
      }
    >
      <ExperimentHeader id={id} />
      {children}
    </Prefetched>
  )
}

import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { RunView } from '../../_features/run/run-view.tsx'
import { Prefetched } from '../../_server/prefetch.tsx'

export const metadata: Metadata = { title: 'Run' }

export default async function RunRoute({
  params,
}: {
  params: Promise<{ runId: string }>
}): Promise<ReactNode> {
  const { runId } = await params
  return (
    <Prefetched
      fetchAll={({ cache, keys, caller }) =>
        cache.fetchQuery({
          queryKey: keys.runs.page.queryKey({ runId }),
          queryFn: () => caller.runs.page({ runId }),
          retry: false,
        })
      }
    >
      <RunView runId={runId} />
    </Prefetched>
  )
}

import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { RunsView } from '../../../_features/runs/runs-view.tsx'
import { Prefetched } from '../../../_server/prefetch.tsx'

export const metadata: Metadata = { title: 'Runs' }

export default async function RunsRoute({ params }: { params: Promise<{ id: string }> }): Promise<ReactNode> {
  const { id } = await params
  return (
    <Prefetched
      fetchAll={({ cache, keys, caller }) =>
        Promise.all([
          cache.fetchQuery({
            queryKey: keys.experiments.runs.queryKey({ id }),
            queryFn: () => caller.experiments.runs({ id }),
            retry: false,
          }),
          cache.fetchQuery({
            queryKey: keys.experiments.verdict.queryKey({ id }),
            queryFn: () => caller.experiments.verdict({ id }),
            retry: false,
          }),
        ])
      }
    >
      <RunsView id={id} />
    </Prefetched>
  )
}

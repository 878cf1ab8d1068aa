import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { VerdictView } from '../../../_features/verdict/verdict-view.tsx'
import { Prefetched } from '../../../_server/prefetch.tsx'

export const metadata: Metadata = { title: 'Verdict' }

export default async function VerdictRoute({
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
      <VerdictView id={id} />
    </Prefetched>
  )
}

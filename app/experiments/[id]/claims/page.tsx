import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { ClaimsView } from '../../../_features/claims/claims-view.tsx'
import { Prefetched } from '../../../_server/prefetch.tsx'

export const metadata: Metadata = { title: 'Claims' }

export default async function ClaimsRoute({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>
  searchParams: Promise<{ arm?: string | string[] }>
}): Promise<ReactNode> {
  const { id } = await params
  const { arm } = await searchParams
  const input = { id, arm: typeof arm === 'string' ? arm : undefined }
  return (
    <Prefetched
      fetchAll={({ cache, keys, caller }) =>
        cache.fetchQuery({
          queryKey: keys.experiments.claims.queryKey(input),
          queryFn: () => caller.experiments.claims(input),
          retry: false,
        })
      }
    >
      <ClaimsView id={id} />
    </Prefetched>
  )
}

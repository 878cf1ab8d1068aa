import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { ArmId } from '../../../../core/contracts/arm.ts'
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
  // An id that no arm can have is left out here as the page leaves it out.
  const input = { id, arm: ArmId.max(200).safeParse(arm).data }
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

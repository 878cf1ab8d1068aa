import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { VerdictView } from '../../../_features/verdict/verdict-view.tsx'
import { PrefetchedVerdict } from '../../../_server/prefetched-verdict.tsx'

export const metadata: Metadata = { title: 'Verdict' }

export default async function VerdictRoute({
  params,
}: {
  params: Promise<{ id: string }>
}): Promise<ReactNode> {
  const { id } = await params
  return (
    <PrefetchedVerdict id={id}>
      <VerdictView id={id} />
    </PrefetchedVerdict>
  )
}

import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { CompareView } from '../../../_features/compare/compare-view.tsx'
import { PrefetchedVerdict } from '../../../_server/prefetched-verdict.tsx'

export const metadata: Metadata = { title: 'Compare' }

export default async function CompareRoute({
  params,
}: {
  params: Promise<{ id: string }>
}): Promise<ReactNode> {
  const { id } = await params
  return (
    <PrefetchedVerdict id={id}>
      <CompareView id={id} />
    </PrefetchedVerdict>
  )
}

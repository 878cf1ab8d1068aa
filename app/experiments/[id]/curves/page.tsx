import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { CurvesView } from '../../../_features/curves/curves-view.tsx'

export const metadata: Metadata = { title: 'Curves' }

/** Curves are large and live: the browser fetches them, the page comes at once. */
export default async function CurvesRoute({
  params,
}: {
  params: Promise<{ id: string }>
}): Promise<ReactNode> {
  const { id } = await params
  return <CurvesView id={id} />
}

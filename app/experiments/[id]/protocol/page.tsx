import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { ProtocolView } from '../../../_features/protocol/protocol-view.tsx'

export const metadata: Metadata = { title: 'Protocol' }

export default async function ProtocolRoute({
  params,
}: {
  params: Promise<{ id: string }>
}): Promise<ReactNode> {
  const { id } = await params
  return <ProtocolView id={id} />
}

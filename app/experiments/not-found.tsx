import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { LinkButton } from '../_ui/button.tsx'
import { EmptyState } from '../_ui/page-parts.tsx'

export const metadata: Metadata = { title: { absolute: 'No such experiment · Stillhouse' } }

export default function ExperimentNotFound(): ReactNode {
  return (
    <EmptyState
      page
      title="There is no such experiment here."
      action={<LinkButton href="/">All experiments</LinkButton>}
    >
      <p>Its address may be mistyped, or it belongs to another state folder than the one this server uses.</p>
    </EmptyState>
  )
}

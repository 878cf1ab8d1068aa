import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { LinkButton } from '../../_ui/button.tsx'
import { EmptyState } from '../../_ui/page-parts.tsx'

export const metadata: Metadata = { title: 'No such run' }

export default function RunNotFound(): ReactNode {
  return (
    <EmptyState
      page
      title="There is no such run here."
      action={<LinkButton href="/">All experiments</LinkButton>}
    >
      <p>Its address may be mistyped, or it belongs to another state folder than the one this server uses.</p>
    </EmptyState>
  )
}

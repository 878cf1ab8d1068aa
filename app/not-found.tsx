import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { LinkButton } from './_ui/button.tsx'
import { EmptyState } from './_ui/page-parts.tsx'

export const metadata: Metadata = { title: 'No such page' }

export default function NotFound(): ReactNode {
  return (
    <EmptyState
      page
      title="There is no such page."
      action={<LinkButton href="/">All experiments</LinkButton>}
    >
      <p>Its address may be mistyped, or what it showed is gone.</p>
    </EmptyState>
  )
}

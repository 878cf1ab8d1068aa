'use client'

import type { ReactNode } from 'react'
import { Button, LinkButton } from './_ui/button.tsx'
import { EmptyState } from './_ui/page-parts.tsx'

/** A page could not be built. Trainings do not depend on pages, so nothing is lost. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}): ReactNode {
  return (
    <EmptyState
      page
      title="This page could not be shown."
      action={
        <>
          <Button onClick={reset}>Try again</Button>
          <LinkButton look="quiet" href="/">
            All experiments
          </LinkButton>
        </>
      }
    >
      <p>
        Runs and results are not touched by this; trainings go on. If it happens again, the server’s log says
        why{error.digest === undefined ? '' : ` under ${error.digest}`}.
      </p>
      {error.message === '' ? null : <p className="mt-3 font-mono text-12 text-ink-3">{error.message}</p>}
    </EmptyState>
  )
}

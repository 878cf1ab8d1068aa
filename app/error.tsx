'use client'

import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { Button, LinkButton } from './_ui/button.tsx'
import { EmptyState } from './_ui/page-parts.tsx'
import { tellError } from './_ui/tell-error.ts'

/** The page's own title would say that it is there. */
const TITLE = 'Not shown · Stillhouse'

/** A page could not be built. Trainings do not depend on pages, so nothing is lost. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }): ReactNode {
  const { digest, message } = tellError(error)
  useEffect(() => {
    const before = document.title
    document.title = TITLE
    // Where another page follows, it has brought its own by now.
    return () => {
      if (document.title === TITLE) document.title = before
    }
  }, [])
  return (
    <EmptyState
      page
      title="This page could not be shown."
      action={
        <>
          <Button onClick={() => retry()}>Try again</Button>
          <LinkButton look="quiet" href="/">
            All experiments
          </LinkButton>
        </>
      }
    >
      <p>
        Runs and results are not touched by this; trainings go on.{' '}
        {digest === null
          ? 'It happened in this browser: load the page again, and where that does not help, its console says more.'
          : `The reason stands in logs/server.log of the state folder, under ${digest}.`}
      </p>
      {message === null ? null : <p className="mt-3 font-mono text-12 text-ink-3">{message}</p>}
    </EmptyState>
  )
}

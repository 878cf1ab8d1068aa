'use client'

import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { Button, LinkButton } from './_ui/button.tsx'
import { EmptyState } from './_ui/page-parts.tsx'

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
        Runs and results are not touched by this; trainings go on. If it happens again, the server’s log says
        why{digest === null ? '' : ` under ${digest}`}.
      </p>
      {message === null ? null : <p className="mt-3 font-mono text-12 text-ink-3">{message}</p>}
    </EmptyState>
  )
}

/** An error of the server comes with a mark that is also in its log, an error of the browser with its message. */
function tellError(error: unknown): { digest: string | null; message: string | null } {
  if (!(error instanceof Error)) return { digest: null, message: null }
  if ('digest' in error && typeof error.digest === 'string') return { digest: error.digest, message: null }
  return { digest: null, message: error.message === '' ? null : error.message }
}

'use client'

import type { ReactNode } from 'react'
import { tellError } from './_ui/tell-error.ts'
import './globals.css'

/** The frame itself could not be built, so this page brings its own. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }): ReactNode {
  const { digest } = tellError(error)
  return (
    <html lang="en">
      <head>
        <title>Not shown · Stillhouse</title>
      </head>
      <body>
        <main className="mx-auto max-w-[560px] px-4 py-[72px]">
          <h1>Stillhouse could not show this page.</h1>
          <p className="mt-3 text-ink-2">
            Runs and results are not touched by this; trainings go on.
            {digest === null
              ? ''
              : ` The reason stands in logs/server.log of the state folder, under ${digest}.`}
          </p>
          <button
            type="button"
            onClick={() => retry()}
            className="mt-5 h-9 rounded-1 border border-line-2 bg-surface px-3 text-13"
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}

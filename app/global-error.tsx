'use client'

import type { ReactNode } from 'react'
import './globals.css'

/** The frame itself could not be built, so this page brings its own. */
export default function GlobalError({ retry }: { retry: () => void }): ReactNode {
  return (
    <html lang="en">
      <head>
        <title>Not shown · Stillhouse</title>
      </head>
      <body>
        <main className="mx-auto max-w-[560px] px-4 py-[72px]">
          <h1>Stillhouse could not show this page.</h1>
          <p className="mt-3 text-ink-2">
            Runs and results are not touched by this; trainings go on. The server’s log says why.
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

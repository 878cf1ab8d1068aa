'use client'

import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { Button, LinkButton } from '../../_ui/button.tsx'

/** The form was launched already, with other settings than it has now: which of the two is meant? */
export function LaunchedBefore(props: { experimentId: string; onAnother: () => void }): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  // The answer to a press of Launch, wherever on the page that was.
  useEffect(() => box.current?.focus(), [])
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="alert"
      className="mb-3 rounded-1 border border-l-[3px] border-line-2 border-l-open px-3 py-2.5 text-13"
    >
      <p className="text-pretty">
        <b>Nothing was launched.</b> This form was launched before, in this tab or another, with other
        settings than it has now.
      </p>
      <div className="mt-2.5 flex flex-wrap gap-2">
        <LinkButton small href={`/experiments/${props.experimentId}`}>
          Open that experiment
        </LinkButton>
        <Button small onClick={props.onAnother}>
          Launch as another experiment
        </Button>
      </div>
    </div>
  )
}

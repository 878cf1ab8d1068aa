'use client'

import { useContext } from 'react'
import type { ReactNode } from 'react'
import { Banner } from '../../_ui/page-parts.tsx'
import { Time } from '../../_ui/time.tsx'
import { ConnectionContext } from './connection-context.ts'

/** Says so when the server is out of reach: everything on the page is from then. */
export function StaleBanner(): ReactNode {
  const { state, since } = useContext(ConnectionContext)
  if (state !== 'lost') return null
  return (
    <div className="mb-5">
      <Banner>
        <span>
          No contact with the server since <Time at={since} />. What you see is from then; it catches up by
          itself.
        </span>
      </Banner>
    </div>
  )
}

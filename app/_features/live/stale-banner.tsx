'use client'

import { useOffline } from 'next/offline'
import { useContext } from 'react'
import type { ReactNode } from 'react'
import { Banner } from '../../_ui/page-parts.tsx'
import { Time } from '../../_ui/time.tsx'
import { ConnectionContext } from './connection-context.ts'
import { useHeldNavigation } from './use-held-navigation.ts'

/** Says so when the server is out of reach: everything on the page is from then. */
export function StaleBanner(): ReactNode {
  const { state, since } = useContext(ConnectionContext)
  // The stream tells first; a page that was asked for in vain may be sooner, and keeps to itself since when.
  const unanswered = useOffline()
  const lost = state === 'lost'
  const held = useHeldNavigation(lost || unanswered)
  if (!lost && !unanswered) return null
  return (
    <div className="mb-5">
      <Banner>
        <span>
          No contact with the server
          {lost ? (
            <>
              {' '}
              since <Time at={since} />
            </>
          ) : null}
          . What you see is from {lost ? 'then' : 'before'}; it catches up by itself.
          {held ? ' The page you asked for opens when it answers again.' : ''}
        </span>
      </Banner>
    </div>
  )
}

'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'

/**
 * While the server is away a click on a link keeps the page, and is made up for once it answers again. Returns whether
 * a page is waited for.
 */
export function useHeldNavigation(away: boolean): boolean {
  const router = useRouter()
  const [waits, setWaits] = useState(false)

  useEffect(() => {
    if (!away) return
    let wanted: string | null = null
    const hold = (event: MouseEvent): void => {
      const address = addressOf(event)
      if (address === null) return
      event.preventDefault()
      wanted = address
      setWaits(true)
    }
    // Before the link itself, which leaves alone what was prevented.
    document.addEventListener('click', hold, true)
    return () => {
      document.removeEventListener('click', hold, true)
      setWaits(false)
      if (wanted !== null) router.push(wanted)
    }
  }, [away, router])

  return waits
}

/** Where a plain click leads within the app; null where it opens another window, a download or a place on this page. */
function addressOf(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (link === null || link.href === '' || link.target !== '' || link.hasAttribute('download')) return null
  const { origin, pathname, search, hash } = new URL(link.href)
  if (origin !== location.origin || pathname.startsWith('/api/')) return null
  return pathname === location.pathname && search === location.search ? null : pathname + search + hash
}

'use client'

import { useSyncExternalStore } from 'react'

/** As `--breakpoint-wide` in globals.css. */
const WIDE = '(min-width: 721px)'

/** Whether the window is wide enough for tables; null on the server, which cannot know. */
export function useWide(): boolean | null {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(WIDE)
      query.addEventListener('change', changed)
      return () => query.removeEventListener('change', changed)
    },
    () => window.matchMedia(WIDE).matches,
    () => null,
  )
}

let printing = false

/** Whether the page is being printed: then all of it is there. */
export function usePrinting(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const begin = (): void => {
        printing = true
        changed()
      }
      const end = (): void => {
        printing = false
        changed()
      }
      window.addEventListener('beforeprint', begin)
      window.addEventListener('afterprint', end)
      return () => {
        window.removeEventListener('beforeprint', begin)
        window.removeEventListener('afterprint', end)
      }
    },
    () => printing,
    () => false,
  )
}

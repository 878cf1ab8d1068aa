'use client'

import { useSyncExternalStore } from 'react'

const TICK_MS = 1000

/** The present time to the second, refreshed each second; null on the server, whose clock is not the reader's. */
export function useNow(): number | null {
  return useSyncExternalStore(subscribe, currentSecond, () => null)
}

function currentSecond(): number {
  return Math.floor(Date.now() / TICK_MS) * TICK_MS
}

function subscribe(notify: () => void): () => void {
  const timer = setInterval(notify, TICK_MS)
  return () => clearInterval(timer)
}

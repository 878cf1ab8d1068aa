'use client'

import { useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { dateTime, nearTime } from './time-text.ts'

/**
 * A moment in the reader's own zone. The server does not know that zone, so the page first carries UTC,
 * and the browser puts its own words in as soon as it runs. `near` is refreshed every half minute.
 */
export function Time({ at, near = false }: { at: number; near?: boolean }): ReactNode {
  const tick = useSyncExternalStore(subscribe, currentTick, () => null)
  const now = tick === null ? null : tick * TICK_MS + TICK_MS
  const full = dateTime(at, now === null ? 'utc' : 'local')
  return (
    <time dateTime={new Date(at).toISOString()} title={near && now !== null ? full : undefined}>
      {now === null || !near ? full : nearTime(at, now)}
    </time>
  )
}

const TICK_MS = 30_000

function currentTick(): number {
  return Math.floor(Date.now() / TICK_MS)
}

function subscribe(notify: () => void): () => void {
  const timer = setInterval(notify, TICK_MS)
  return () => clearInterval(timer)
}

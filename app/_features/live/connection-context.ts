'use client'

import { createContext } from 'react'
import type { ConnectionState } from './live-message.ts'

/** How the event stream of this browser is, and since when (ms since 1970). */
export const ConnectionContext = createContext<{ state: ConnectionState; since: number }>({
  state: 'connecting',
  since: 0,
})

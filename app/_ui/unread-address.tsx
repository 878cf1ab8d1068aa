'use client'

import { useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { parameterNames, unreadParameters } from './unread-parameters.ts'

/** Says which parameters of the address the page left out, until they are chosen anew. */
export function UnreadAddress({
  parameters,
}: {
  parameters: Parameters<typeof unreadParameters>[1]
}): ReactNode {
  const unread = unreadParameters(useSearchParams(), parameters)
  if (unread.length === 0) return null
  return (
    <p role="status" className="mt-3 max-w-[68ch] text-13 text-ink-2">
      The address holds what this page cannot read, and leaves out: {parameterNames(unread)}.
    </p>
  )
}

'use client'

import { useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { parameterNames, unreadParameters } from './unread-parameters.ts'

/** Says which parameters of the address the page left out or had more than once, until they are chosen anew. */
export function UnreadAddress({
  parameters,
}: {
  parameters: Parameters<typeof unreadParameters>[1]
}): ReactNode {
  const { unread, doubled } = unreadParameters(useSearchParams(), parameters)
  const texts = [
    ...(unread.length === 0
      ? []
      : [`The address holds what this page cannot read, and leaves out: ${parameterNames(unread)}.`]),
    ...(doubled.length === 0
      ? []
      : [`The address holds more than once, and the first counts: ${parameterNames(doubled)}.`]),
  ]
  if (texts.length === 0) return null
  return (
    <p role="status" className="mt-3 max-w-[68ch] text-13 text-ink-2">
      {texts.join(' ')}
    </p>
  )
}

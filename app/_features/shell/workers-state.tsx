'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTRPC } from '../api/trpc.ts'
import { workersSentence } from './workers-sentence.ts'

/** What the cores do now, in a few words; leads to the Workers page. */
export function WorkersState(): ReactNode {
  const trpc = useTRPC()
  const { data } = useQuery(trpc.workers.page.queryOptions())
  if (data === undefined) return null
  const { text, busy } = workersSentence(data)
  return (
    <Link
      href="/workers"
      aria-label={`Workers: ${text}`}
      title={text}
      className="flex items-center gap-[7px] text-ink-2 plain-link min-h-9 max-wide:p-3 wide:hover:underline"
    >
      <i className={busy ? 'pulse' : 'size-2 flex-none rounded-full bg-ghost'} />
      <span className="max-wide:hidden">{text}</span>
    </Link>
  )
}

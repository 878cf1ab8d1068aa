'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { toast } from 'sonner'
import { failureText } from '../api/failure-text.ts'
import { useTRPC } from '../api/trpc.ts'

/** Launches the demonstration and goes to it; `npm run demo` does the same from a terminal. */
export function DemoWay(): ReactNode {
  const trpc = useTRPC()
  const router = useRouter()
  const open = useMutation(
    trpc.experiments.openDemo.mutationOptions({
      onSuccess: ({ id }) => router.push(`/experiments/${id}`),
      onError: (error) => toast.error(failureText('The demonstration was not launched', error)),
    }),
  )
  return (
    <button
      type="button"
      disabled={open.isPending || open.isSuccess}
      onClick={() => open.mutate({ again: false })}
      className="group grid w-full items-center gap-x-4 gap-y-0.5 border-t border-line py-3.5 text-left wide:grid-cols-[1fr_auto]"
    >
      <span>
        <b className="group-hover:text-accent">
          {open.isPending || open.isSuccess ? 'Launching the demonstration' : 'Run the demonstration'}
        </b>
        <span className="block text-13 text-ink-2">
          MNIST with 2,000 labels, five arms, 8 seeds. In a terminal:{' '}
          <code className="font-mono text-[.93em] whitespace-nowrap">npm run demo</code>.
        </span>
      </span>
      <span className="text-13 whitespace-nowrap text-ink-3">some minutes</span>
    </button>
  )
}

'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { toast } from 'sonner'
import type { ExperimentDraftInput } from '../../../core/contracts/protocol.ts'
import { isUnanswered } from '../api/failure-text.ts'
import { useTRPC } from '../api/trpc.ts'
import { newLaunchKey, readLaunchKey, withLaunchKey } from './launch-key.ts'

export interface Launch {
  /** Stands in the form's address, so that a reload, a second tab or a second request launches nothing twice. */
  key: string
  /** `another`: with a new key, as an experiment of its own. */
  start: (draft: ExperimentDraftInput, another?: boolean) => void
  /** On its way, or on the way to the launched experiment. */
  under: boolean
  /** Whether it is so by now: a second click comes before that is drawn. */
  locked: { readonly current: boolean }
  failure: string | null
  /** The experiment that this form's key launched from other settings. */
  conflict: string | null
}

/** Launches a draft once and goes to its experiment; the form left behind has the next key. */
export function useLaunch(address: URLSearchParams): Launch {
  const trpc = useTRPC()
  const router = useRouter()
  const locked = useRef(false)
  const [key, setKey] = useState(() => readLaunchKey(address) ?? newLaunchKey())
  const mutation = useMutation(
    trpc.experiments.launch.mutationOptions({
      onSuccess: ({ id, launched }) => {
        if (!launched) toast('This draft was launched before: here is its experiment.')
        // Whoever comes back and launches again means another experiment.
        keepInAddress(newLaunchKey())
        router.push(`/experiments/${id}`)
      },
      onError: (error) => {
        if (error.data?.experimentId == null) toast.error(launchFailure(error))
      },
    }),
  )
  const conflict = mutation.error?.data?.experimentId ?? null
  return {
    key,
    start: (draft, another = false) => {
      if (locked.current) return
      locked.current = true
      const launchKey = another ? newLaunchKey() : key
      setKey(launchKey)
      // Before it is sent: a reload after a lost answer asks for the same experiment.
      keepInAddress(launchKey)
      mutation.mutate({ ...draft, launchKey }, { onError: () => (locked.current = false) })
    },
    under: mutation.isPending || mutation.isSuccess,
    locked,
    failure: conflict === null && mutation.error !== null ? launchFailure(mutation.error) : null,
    conflict,
  }
}

/** Without an answer nobody knows whether it was launched; the key makes a second request the same experiment. */
const launchFailure = (error: Parameters<typeof isUnanswered>[0]): string =>
  isUnanswered(error)
    ? 'The server did not answer. Launch again when it runs: the same draft is not launched twice.'
    : `Nothing was launched: ${error.message}`

function keepInAddress(key: string): void {
  const next = withLaunchKey(new URLSearchParams(window.location.search), key)
  window.history.replaceState(null, '', `?${next.toString()}`)
}

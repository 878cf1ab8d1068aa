'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import type { ExperimentPage } from '../../../core/contracts/views.ts'
import { useTRPC } from '../api/trpc.ts'

const REFRESH_MS = 5_000

/** The experiment of this page. Events keep it current; the time left is asked again while it runs. */
export function useExperiment(id: string): ExperimentPage {
  const trpc = useTRPC()
  const { data } = useSuspenseQuery({
    ...trpc.experiments.page.queryOptions({ id }),
    refetchInterval: (query) => (query.state.data?.status === 'running' ? REFRESH_MS : false),
  })
  return data
}

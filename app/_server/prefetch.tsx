import { HydrationBoundary, dehydrate } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { createTRPCClient } from '@trpc/client'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import type { AppRouter } from '../../server/api/trpc/router.ts'
import { createQueryClient, errorCode } from '../_features/api/query-client.ts'
import { services } from './services.ts'
import type { ServerCaller } from './services.ts'

type Keys = ReturnType<typeof createTRPCOptionsProxy<AppRouter>>

/** What a page fetches before it is sent: answers of `caller`, stored under `keys` in `cache`. */
export interface Prefetch {
  cache: QueryClient
  keys: Keys
  caller: ServerCaller
}

/**
 * Runs `fetchAll` inside the server and renders `children` with its answers in their cache.
 * An answer "not found" turns into the nearest not-found page; other errors go to the error page.
 */
export async function Prefetched(props: {
  fetchAll: (prefetch: Prefetch) => Promise<unknown>
  children: ReactNode
}): Promise<ReactNode> {
  const cache = createQueryClient()
  const client = createTRPCClient<AppRouter>({ links: [] })
  const keys = createTRPCOptionsProxy<AppRouter>({ client, queryClient: cache })
  try {
    await props.fetchAll({ cache, keys, caller: services().caller })
  } catch (error) {
    if (errorCode(error) === 'NOT_FOUND') notFound()
    throw error
  }
  return <HydrationBoundary state={dehydrate(cache)}>{props.children}</HydrationBoundary>
}

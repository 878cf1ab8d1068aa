'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import { useState } from 'react'
import type { ReactNode } from 'react'
import superjson from 'superjson'
import type { AppRouter } from '../../../server/api/trpc/router.ts'
import { createQueryClient } from './query-client.ts'
import { TRPCProvider } from './trpc.ts'

/** Gives every component below the API and the cache of its answers. */
export function ApiProvider({ children }: { children: ReactNode }): ReactNode {
  const [queryClient] = useState(createQueryClient)
  const [trpcClient] = useState(createClient)
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  )
}

function createClient(): ReturnType<typeof createTRPCClient<AppRouter>> {
  // On the server nothing is fetched through this client: pages prefetch through the caller.
  const origin = typeof window === 'undefined' ? 'http://localhost' : window.location.origin
  const url = `${origin}/api/trpc`
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url, transformer: superjson }),
        false: httpBatchLink({ url, transformer: superjson, maxURLLength: 4000 }),
      }),
    ],
  })
}

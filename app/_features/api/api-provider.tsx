'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { createApiClient } from './create-api-client.ts'
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

function createClient(): ReturnType<typeof createApiClient> {
  // On the server nothing is fetched through this client: pages prefetch through the caller.
  return createApiClient(typeof window === 'undefined' ? 'http://localhost' : window.location.origin)
}

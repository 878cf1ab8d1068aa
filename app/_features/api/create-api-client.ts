import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import superjson from 'superjson'
import type { AppRouter } from '../../../server/api/trpc/router.ts'

/** Node takes 16 kB of address and headers together; a form with as many arms as are allowed needs about 10 kB. */
const MAX_ADDRESS = 14_000

/** The API at `origin`: queries asked together travel in one request, as far as their addresses fit. */
export function createApiClient(origin: string): ReturnType<typeof createTRPCClient<AppRouter>> {
  const url = `${origin}/api/trpc`
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url, transformer: superjson }),
        false: httpBatchLink({ url, transformer: superjson, maxURLLength: MAX_ADDRESS }),
      }),
    ],
  })
}

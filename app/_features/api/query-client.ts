import { QueryClient, defaultShouldDehydrateQuery } from '@tanstack/react-query'
import { deserialize, serialize } from 'superjson'

/** A query client as both sides need it: what the server fetched is fresh in the browser, events keep it so. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 30_000, retry: retriesLeft },
      dehydrate: { serializeData: serialize, shouldDehydrateQuery: defaultShouldDehydrateQuery },
      hydrate: { deserializeData: deserialize },
    },
  })
}

/** What does not exist will not exist on the next try; anything else gets two more. */
export function retriesLeft(failures: number, error: unknown): boolean {
  return failures < 2 && errorCode(error) !== 'NOT_FOUND' && errorCode(error) !== 'BAD_REQUEST'
}

/** The API's code of an error, from a response (`data.code`) or from a call inside the server (`code`). */
export function errorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null
  const data = 'data' in error ? error.data : null
  if (typeof data === 'object' && data !== null && 'code' in data && typeof data.code === 'string')
    return data.code
  return 'code' in error && typeof error.code === 'string' ? error.code : null
}

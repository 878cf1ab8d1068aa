import type { ReactNode } from 'react'
import { Prefetched } from './prefetch.tsx'

/** Renders `children` with the verdict of the experiment `id` in their cache. */
export function PrefetchedVerdict({ id, children }: { id: string; children: ReactNode }): ReactNode {
  return (
    <Prefetched
      fetchAll={({ cache, keys, caller }) =>
        cache.fetchQuery({
          queryKey: keys.experiments.verdict.queryKey({ id }),
          queryFn: () => caller.experiments.verdict({ id }),
          retry: false,
        })
      }
    >
      {children}
    </Prefetched>
  )
}

import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { errorCode } from '../../_features/api/query-client.ts'
import { runTitle } from '../../_features/run/run-title.ts'
import { RunView } from '../../_features/run/run-view.tsx'
import { Prefetched } from '../../_server/prefetch.tsx'
import { services } from '../../_server/services.ts'

/** Tabs of a browser are told apart by arm and seed. */
export async function generateMetadata({
  params,
}: {
  params: Promise<{ runId: string }>
}): Promise<Metadata> {
  const { runId } = await params
  try {
    return { title: runTitle(await services().caller.runs.page({ runId })) }
  } catch (error) {
    // The page itself says what is wrong.
    return { title: errorCode(error) === 'NOT_FOUND' ? 'No such run' : 'Run' }
  }
}

export default async function RunRoute({
  params,
}: {
  params: Promise<{ runId: string }>
}): Promise<ReactNode> {
  const { runId } = await params
  return (
    <Prefetched
      fetchAll={({ cache, keys, caller }) =>
        cache.fetchQuery({
          queryKey: keys.runs.page.queryKey({ runId }),
          queryFn: () => caller.runs.page({ runId }),
          retry: false,
        })
      }
    >
      <RunView runId={runId} />
    </Prefetched>
  )
}

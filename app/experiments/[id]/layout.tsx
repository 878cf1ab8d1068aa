import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { errorCode } from '../../_features/api/query-client.ts'
import { ExperimentHeader } from '../../_features/experiment/experiment-header.tsx'
import { Prefetched } from '../../_server/prefetch.tsx'
import { services } from '../../_server/services.ts'
import { titleText } from '../../_ui/title-text.ts'

/** Tabs of a browser are told apart by the question. */
export async function generateMetadata({ params }: { params: Promise<{ id: string }> }): Promise<Metadata> {
  const { id } = await params
  try {
    const { question } = await services().caller.experiments.page({ id })
    const short = titleText(question)
    return { title: { default: short, template: `%s · ${short}` } }
  } catch (error) {
    // The page itself says what is wrong, whichever tab the address names.
    if (errorCode(error) === 'NOT_FOUND') {
      return {
        title: { absolute: 'No such experiment · Stillhouse', template: 'No such experiment · Stillhouse' },
      }
    }
    return { title: 'Experiment' }
  }
}

export default async function ExperimentLayout({
  params,
  children,
}: {
  params: Promise<{ id: string }>
  children: ReactNode
}): Promise<ReactNode> {
  const { id } = await params
  return (
    <Prefetched
      fetchAll={({ cache, keys, caller }) =>
        cache.fetchQuery({
          queryKey: keys.experiments.page.queryKey({ id }),
          queryFn: () => caller.experiments.page({ id }),
          retry: false,
        })
      }
    >
      <ExperimentHeader id={id} />
      {children}
    </Prefetched>
  )
}

import { createTRPCClient, httpLink } from '@trpc/client'
import superjson from 'superjson'
import type { DemoDocument } from '../../core/contracts/demo-document.ts'
import type { VerdictPage } from '../../core/contracts/verdict-page.ts'
import type { ExperimentPage } from '../../core/contracts/views.ts'
import { createCaller, type AppRouter } from '../api/trpc/router.ts'
import { readEnv } from '../platform/env.ts'
import { FolderTakenError } from '../platform/state-folder.ts'
import { openServer } from './open-server.ts'

/** What the demo asks of a server. */
export interface DemoApi {
  url: string
  openDemo(input: { again: boolean }): Promise<{ id: string; launched: boolean; status: string }>
  page(input: { id: string }): Promise<ExperimentPage>
  verdict(input: { id: string }): Promise<VerdictPage>
  document(input: { id: string }): Promise<DemoDocument>
  /** Stops the server, unless it is another process's. */
  close(): Promise<void>
  /** The server ends with this process. */
  own: boolean
}

/** A server in this process, or, where another one already holds the state folder, that one. */
export async function openDemoApi(): Promise<DemoApi> {
  try {
    const server = await openServer()
    const { experiments } = createCaller(server.ctx)
    return {
      url: server.url,
      own: true,
      openDemo: experiments.openDemo,
      page: experiments.page,
      verdict: experiments.verdict,
      document: experiments.document,
      close: () => server.stop(),
    }
  } catch (error) {
    if (!(error instanceof FolderTakenError) || error.url === null) throw error
    console.error(
      `A Stillhouse is already up on ${error.url} (state in ${readEnv(process.env).home}), using it.`,
    )
    return remoteApi(error.url)
  }
}

function remoteApi(url: string): DemoApi {
  const { experiments } = createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${url}/api/trpc`, transformer: superjson })],
  })
  return {
    url,
    own: false,
    openDemo: (input) => experiments.openDemo.mutate(input),
    page: (input) => experiments.page.query(input),
    verdict: (input) => experiments.verdict.query(input),
    document: (input) => experiments.document.query(input),
    close: () => Promise.resolve(),
  }
}

import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'
import superjson from 'superjson'
import type {
  Verification,
  VerificationPlan,
  VerificationReport,
  VerificationRequest,
} from '../../core/contracts/verification.ts'
import { openDatabase } from '../../db/open-database.ts'
import { createCaller, type AppRouter } from '../api/trpc/router.ts'
import { createSupervisorHost } from '../api/worker-gateway/host-supervisor.ts'
import { createContext } from '../create-context.ts'
import type { Env } from '../platform/env.ts'
import { createLog } from '../platform/log.ts'
import { packageRoot } from '../platform/package-root.ts'
import { FolderTakenError, lockStateFolder, stateFolder } from '../platform/state-folder.ts'
import { CommandError } from './command-error.ts'

/** Where runs and their verifications are kept. */
export interface Library {
  plan(request: VerificationRequest): Promise<VerificationPlan>
  store(report: VerificationReport): Promise<Verification>
}

/** A server that starts, or another command, may hold the folder for so long without answering. */
const patienceMs = 20_000
const askAgainMs = 200

/**
 * Does `work` with the library of a state folder: the running server's, or, where none runs, the database itself for as
 * long as `work` takes. A server may start and end between two of these.
 * @throws CommandError with exit code 2 where there is no state, or what holds it does not answer
 */
export async function withLibrary<T>(
  env: Env,
  variables: NodeJS.ProcessEnv,
  work: (library: Library) => Promise<T>,
): Promise<T> {
  if (!fs.existsSync(stateFolder(env.home).database))
    throw new CommandError(
      `There is no Stillhouse state in ${env.home}. Name its folder with --home, or set STILLHOUSE_HOME.`,
      { exitCode: 2 },
    )
  const giveUpAt = performance.now() + patienceMs
  for (;;) {
    const taken = await withOwnDatabase(env, variables, work)
    if ('done' in taken) return taken.done
    const { url } = taken
    if (url !== null) {
      try {
        return await work(remoteLibrary(url))
      } catch (error) {
        if (!isUnreachable(error)) throw error
      }
    }
    if (performance.now() > giveUpAt)
      throw new CommandError(
        `The Stillhouse that works in ${env.home} does not answer${url === null ? '' : ` on ${url}`}. Wait until it is up, or stop it, then try again.`,
        { exitCode: 2 },
      )
    await wait(askAgainMs)
  }
}

async function withOwnDatabase<T>(
  env: Env,
  variables: NodeJS.ProcessEnv,
  work: (library: Library) => Promise<T>,
): Promise<{ done: T } | { url: string | null }> {
  const folder = stateFolder(env.home)
  let lock: ReturnType<typeof lockStateFolder>
  try {
    lock = lockStateFolder(folder)
  } catch (error) {
    if (error instanceof FolderTakenError) return { url: error.url }
    throw error
  }
  try {
    const db = openDatabase(folder.database, path.join(packageRoot, 'db', 'migrations'))
    try {
      const ctx = createContext({
        db,
        folder,
        log: createLog(folder.logs, env.logLevel),
        // Never started: nothing is claimed while this command has the folder.
        workers: createSupervisorHost(env, variables),
      })
      const { verifications } = createCaller(ctx)
      return { done: await work({ plan: verifications.plan, store: verifications.store }) }
    } finally {
      db.close()
    }
  } finally {
    lock.release()
  }
}

function remoteLibrary(url: string): Library {
  const { verifications } = createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${url}/api/trpc`, transformer: superjson })],
  })
  return {
    plan: (request) => verifications.plan.query(request),
    store: (report) => verifications.store.mutate(report),
  }
}

/** No answer of the server's own: it has ended, or does not listen yet. */
const isUnreachable = (error: unknown): boolean =>
  error instanceof TRPCClientError && (error.data === undefined || error.data === null)

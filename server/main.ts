import type { Server } from 'node:http'
import path from 'node:path'
import { isBusy, NewerDatabaseError, openDatabase, type Database } from '../db/open-database.ts'
import { OldSqliteError } from '../db/refuse-old-sqlite.ts'
import { createHttpServer, type PageHandler } from './api/http-server.ts'
import { createCaller } from './api/trpc/router.ts'
import { createSupervisorHost } from './api/worker-gateway/host-supervisor.ts'
import { createContext } from './create-context.ts'
import { sweepDatasets } from './domain/datasets/sweep-datasets.ts'
import { recoverJobs } from './domain/jobs/recover-jobs.ts'
import type { Context } from './domain/context.ts'
import { measureMachine } from './domain/timing/measure-machine.ts'
import { refuseUnmeantNetwork, type Env } from './platform/env.ts'
import { createLog } from './platform/log.ts'
import { packageRoot } from './platform/package-root.ts'
import { StartError } from './platform/start-error.ts'
import { listen } from './platform/listen.ts'
import {
  lockStateFolder,
  prepareStateFolder,
  stateFolder,
  StateFolderError,
  writeAddress,
  type StateFolder,
} from './platform/state-folder.ts'

/** Where the pages find the server's services: Next bundles its own copy of whatever it imports. */
const servicesKey = Symbol.for('stillhouse.services')

export interface RunningServer {
  url: string
  /** The port that was asked for was taken. */
  movedFrom: number | null
  ctx: Context
  stop(): Promise<void>
}

export interface StartOptions {
  env: Env
  variables: NodeJS.ProcessEnv
  /** Starts the pages; left out where only the API is wanted. */
  pages?: (port: number) => Promise<PageHandler>
}

/**
 * The whole server: takes the state folder, opens the database, voids the leases of its predecessor, starts the
 * supervisor and listens. Throws StartError or NewerDatabaseError with a message for people.
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { env } = options
  refuseUnmeantNetwork(env)
  const folder = stateFolder(env.home)
  prepareStateFolder(folder)
  const lock = lockStateFolder(folder)
  const held: (() => void)[] = [() => lock.release()]
  // In this order, each also where one before it fails to start.
  const letGo = (): void => {
    for (const release of held.splice(0).toReversed()) release()
  }
  try {
    const log = createLog(folder.logs, env.logLevel)
    const db = openOrExplain(folder.database)
    held.push(() => db.close())
    return await serve(options, { folder, log, db, letGo })
  } catch (error) {
    letGo()
    throw error
  }
}

/** Until the processes of a start are up and the machine is as it will be under trainings. */
const settlesMs = 1_000

interface Held {
  folder: StateFolder
  log: Context['log']
  db: Database
  letGo(): void
}

async function serve(
  { env, variables, pages }: StartOptions,
  { folder, log, db, letGo }: Held,
): Promise<RunningServer> {
  const host = createSupervisorHost(env, variables)
  const ctx = createContext({ db, folder, log, workers: host })
  sweepDatasets(folder)
  await recoverJobs(ctx, 'The server ended under it.')
  Object.assign(globalThis, {
    [servicesKey]: {
      caller: createCaller(ctx),
      pageFailed: (error: unknown, at: { path: string; digest: string | null }) =>
        log.error({ err: error, ...at }, 'a page could not be shown'),
    },
  })

  let handlePage: PageHandler = async (_request, response) => {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found.\n')
  }
  const server = createHttpServer(ctx, env, (request, response) => handlePage(request, response))
  // Pages are ready before the first connection is taken: a page that cannot start must not look alive.
  if (pages !== undefined) handlePage = await pages(env.port)
  const port = await listen(server, env.host, env.port)
  const url = `http://${env.host.includes(':') ? `[${env.host}]` : env.host}:${port}`
  writeAddress(folder, url)
  log.info({ url, home: env.home, cores: env.cores }, 'listening')
  host.start(ctx)
  const settled = setTimeout(() => void measureMachine(ctx), settlesMs).unref()
  return {
    url,
    movedFrom: env.port !== 0 && port !== env.port ? env.port : null,
    ctx,
    stop: async () => {
      clearTimeout(settled)
      await host.stop()
      // Ends the attempts where they were last heard of: the time until the next start is nobody's training.
      await recoverJobs(ctx, 'The server was stopped.')
      log.info('stopped')
      await closeServer(server)
      letGo()
    },
  }
}

function openOrExplain(file: string): Database {
  try {
    return openDatabase(file, path.join(packageRoot, 'db', 'migrations'))
  } catch (error) {
    if (error instanceof NewerDatabaseError) throw error
    if (error instanceof OldSqliteError) throw new StartError(error.message, { cause: error })
    if (isBusy(error)) {
      throw new StateFolderError(
        `Another process has locked the database ${file}. End it (a backup, a shell of sqlite3) and start again.`,
        { cause: error },
      )
    }
    throw new StateFolderError(
      `The database ${file} cannot be opened: ${error instanceof Error ? error.message : String(error)}. Restore it from a copy, or set STILLHOUSE_HOME to another folder.`,
      { cause: error },
    )
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

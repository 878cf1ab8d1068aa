import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { TRPCError } from '@trpc/server'
import type { ExperimentDraftInput } from '../../core/contracts/protocol.ts'
import type { ExperimentPage } from '../../core/contracts/views.ts'
import { createCaller } from '../../server/api/trpc/router.ts'
import { readEnv } from '../../server/platform/env.ts'
import { startServer, type RunningServer } from '../../server/main.ts'
import { traceOf, watchTraces } from './still-moving.ts'

const adam = { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 } as const

/** A small experiment on the digits: seconds, not minutes. */
export const smallDraft = (changes: Partial<ExperimentDraftInput> = {}): ExperimentDraftInput => ({
  question: 'Does a digits teacher help?',
  data: 'digits',
  labelsPerSeed: 100,
  teacher: {
    network: { kind: 'mlp', hidden: [32], dropout: 0.2 },
    training: { steps: 120, batchSize: 32, optimizer: adam, learningRate: 3e-3, schedule: 'cosine' },
  },
  student: {
    network: { kind: 'mlp', hidden: [8], dropout: 0 },
    training: { steps: 80, batchSize: 32, optimizer: adam, learningRate: 3e-3, schedule: 'cosine' },
  },
  methods: [
    { name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 },
    {
      name: 'soft-targets-unlabelled',
      temperature: 4,
      hardLabelWeight: 0.1,
      softTargetWeight: 0.9,
      unlabelledShare: 0.5,
    },
  ],
  seeds: 3,
  margin: 0.02,
  ...changes,
})

export interface TestServer extends RunningServer {
  api: ReturnType<typeof createCaller>
  home: string
}

export const temporaryFolder = (): string => fs.mkdtempSync(path.join(os.tmpdir(), 'stillhouse-test-'))

/** The real server without the pages, with real worker processes, in a state folder of its own. */
export async function startTestServer(
  options: { home?: string; variables?: Partial<NodeJS.ProcessEnv> } = {},
): Promise<TestServer> {
  const home = options.home ?? temporaryFolder()
  const variables: NodeJS.ProcessEnv = {
    ...process.env,
    STILLHOUSE_HOME: home,
    STILLHOUSE_PORT: '0',
    STILLHOUSE_ENGINE: 'wasm',
    STILLHOUSE_LOG: 'info',
    ...options.variables,
  }
  const server = await startServer({ env: readEnv(variables), variables })
  return { ...server, api: createCaller(server.ctx), home }
}

/** Waits until `ready` holds, looking again after every event that the server publishes, for as long as something moves. */
export function untilPage(
  server: TestServer,
  id: string,
  ready: (page: ExperimentPage) => boolean,
): Promise<ExperimentPage> {
  return new Promise((resolve, reject) => {
    let looking = false
    let again = false
    const moves = watchTraces()
    const stillness = setInterval(() => {
      void Promise.all([server.api.experiments.page({ id }), server.api.workers.page()])
        .then(([page, workers]) => {
          if (!moves(traceOf(page, workers)))
            end(() => reject(new Error(`Nothing moves: ${traceOf(page, workers)}`)))
        })
        .catch((error: unknown) => end(() => reject(error)))
    }, 5_000)
    const end = (settle: () => void): void => {
      clearInterval(stillness)
      unsubscribe()
      settle()
    }
    const look = async (): Promise<void> => {
      if (looking) {
        again = true
        return
      }
      looking = true
      try {
        do {
          again = false
          const page = await server.api.experiments.page({ id })
          if (ready(page)) {
            end(() => resolve(page))
            return
          }
        } while (again)
      } catch (error) {
        end(() => reject(error))
      } finally {
        looking = false
      }
    }
    const unsubscribe = server.ctx.bus.subscribe(() => void look())
    void look()
  })
}

export const untilEnded = (server: TestServer, id: string): Promise<ExperimentPage> =>
  untilPage(server, id, (page) => page.status !== 'running')

/** Every training has ended: the words can be read, while latency may still be measured. */
export const untilDecided = (server: TestServer, id: string): Promise<ExperimentPage> =>
  untilPage(server, id, (page) => page.runsEnded === page.runsTotal)

/** Launches, waits for the last training, and calls off what comes after it, which takes longer than all of them. */
export async function runTrainings(server: TestServer, draft: ExperimentDraftInput): Promise<ExperimentPage> {
  const { id } = await server.api.experiments.launch(draft)
  const page = await untilDecided(server, id)
  if (page.status === 'running') {
    await server.api.experiments.cancel({ id }).catch((error: unknown) => {
      if (!(error instanceof TRPCError && error.code === 'CONFLICT')) throw error
    })
  }
  return page
}

export const removeFolder = (folder: string): void => fs.rmSync(folder, { recursive: true, force: true })

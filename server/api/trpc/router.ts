import { tracked } from '@trpc/server'
import { z } from 'zod'
import { EnginesQuestion } from '../../../core/contracts/engines.ts'
import { LaunchRequest } from '../../../core/contracts/launch.ts'
import { LogBatch } from '../../../core/contracts/log-batch.ts'
import { PlanRequest } from '../../../core/contracts/plan-request.ts'
import { VerificationReport, VerificationRequest } from '../../../core/contracts/verification.ts'
import type { LiveEvent } from '../../../core/contracts/views.ts'
import { readClaims } from '../../domain/claims/read-claims.ts'
import { listDatasets } from '../../domain/datasets/list-datasets.ts'
import { listEngines } from '../../domain/engines/list-engines.ts'
import { cancelExperiment } from '../../domain/experiments/cancel-experiment.ts'
import { endWordlessRuns } from '../../domain/experiments/end-wordless-runs.ts'
import { extendExperiment } from '../../domain/experiments/extend-experiment.ts'
import { launchExperiment } from '../../domain/experiments/launch-experiment.ts'
import { listExperiments } from '../../domain/experiments/list-experiments.ts'
import { previewPlan } from '../../domain/experiments/preview-plan.ts'
import { openDemo } from '../../domain/experiments/demo.ts'
import { readCurves } from '../../domain/experiments/read-curves.ts'
import { readDocument } from '../../domain/experiments/read-document.ts'
import { readExperiment } from '../../domain/experiments/read-experiment.ts'
import { cancelRun } from '../../domain/runs/cancel-run.ts'
import { listRuns } from '../../domain/runs/list-runs.ts'
import { logBatch } from '../../domain/runs/log-batch.ts'
import { readRun } from '../../domain/runs/read-run.ts'
import { trainAgain } from '../../domain/runs/train-again.ts'
import { readVerdictPage } from '../../domain/verdicts/read-verdict-page.ts'
import { planVerification } from '../../domain/verifications/plan-verification.ts'
import { storeVerification } from '../../domain/verifications/store-verification.ts'
import { readWorkers } from '../../domain/workers/read-workers.ts'
import { streamEvents } from './stream-events.ts'
import { createCallerFactory, procedure, router } from './init.ts'

const ExperimentId = z.object({ id: z.string() })
const RunId = z.object({ runId: z.string() })

export const appRouter = router({
  experiments: router({
    list: procedure
      .input(
        z
          .object({
            /** The last experiment of the page before. */
            cursor: z.object({ createdAt: z.int(), id: z.string() }).nullish(),
            limit: z.int().min(1).max(200).default(100),
          })
          .default({ limit: 100 }),
      )
      .query(({ ctx, input }) => listExperiments(ctx, input)),
    page: procedure.input(ExperimentId).query(({ ctx, input }) => readExperiment(ctx, input)),
    verdict: procedure.input(ExperimentId).query(({ ctx, input }) => readVerdictPage(ctx, input)),
    claims: procedure
      .input(ExperimentId.extend({ arm: z.string().max(200).optional() }))
      .query(({ ctx, input }) => readClaims(ctx, input)),
    curves: procedure
      .input(ExperimentId.extend({ key: z.string().default('validation/accuracy') }))
      .query(({ ctx, input }) => readCurves(ctx, input)),
    runs: procedure.input(ExperimentId).query(({ ctx, input }) => listRuns(ctx, input)),
    preview: procedure.input(PlanRequest).query(({ ctx, input }) => previewPlan(ctx, input)),
    launch: procedure
      .input(LaunchRequest)
      .mutation(({ ctx, input: { launchKey, ...draft } }) => launchExperiment(ctx, { draft, launchKey })),
    cancel: procedure.input(ExperimentId).mutation(({ ctx, input }) => cancelExperiment(ctx, input)),
    endWordless: procedure.input(ExperimentId).mutation(({ ctx, input }) => endWordlessRuns(ctx, input)),
    extend: procedure.input(ExperimentId).mutation(({ ctx, input }) => extendExperiment(ctx, input)),
    document: procedure.input(ExperimentId).query(({ ctx, input }) => readDocument(ctx, input)),
    openDemo: procedure
      .input(z.object({ again: z.boolean() }))
      .mutation(({ ctx, input }) => openDemo(ctx, input)),
  }),
  runs: router({
    page: procedure.input(RunId).query(({ ctx, input }) => readRun(ctx, input)),
    cancel: procedure
      .input(RunId.extend({ wordless: z.enum(['end', 'go on']).default('go on') }))
      .mutation(({ ctx, input }) => cancelRun(ctx, input)),
    trainAgain: procedure.input(RunId).mutation(({ ctx, input }) => trainAgain(ctx, input)),
    logBatch: procedure.input(LogBatch).mutation(({ ctx, input }) => logBatch(ctx, input)),
  }),
  verifications: router({
    plan: procedure.input(VerificationRequest).query(({ ctx, input }) => planVerification(ctx, input)),
    store: procedure.input(VerificationReport).mutation(({ ctx, input }) => storeVerification(ctx, input)),
  }),
  workers: router({
    page: procedure.query(({ ctx }) => readWorkers(ctx)),
    engines: procedure.input(EnginesQuestion).query(({ ctx, input }) => listEngines(ctx, input)),
  }),
  datasets: router({ list: procedure.query(({ ctx }) => listDatasets(ctx)) }),
  live: router({
    events: procedure
      .input(z.object({ lastEventId: z.string().nullish() }).default({}))
      .subscription(async function* ({ ctx, input, signal }) {
        for await (const { id, events } of streamEvents(ctx.bus, input.lastEventId ?? null, signal)) {
          yield tracked<LiveEvent[]>(id, events)
        }
      }),
  }),
})

export type AppRouter = typeof appRouter

export const createCaller = createCallerFactory(appRouter)

import { z } from 'zod'
import { ExperimentDraft } from '../../core/contracts/protocol.ts'
import { ProbeTimes } from '../../core/timing/probe.ts'

/** Experiments that ran on a real machine, with all that is needed to live through them again. Times are ms from `at`. */
export const Recording = z.strictObject({
  at: z.number(),
  machine: z.strictObject({ processor: z.string(), node: z.string(), cores: z.int(), cpus: z.int() }),
  /** Load averages over a minute when it began and ended: what else ran there. */
  load: z.strictObject({ before: z.number(), after: z.number() }),
  probe: ProbeTimes,
  experiments: z.array(
    z.strictObject({ draft: ExperimentDraft, launchedAt: z.number(), endedAt: z.number() }),
  ),
  /** In the order in which they began. */
  attempts: z.array(
    z.strictObject({
      experiment: z.int(),
      kind: z.enum(['train', 'fidelity', 'profile']),
      arm: z.string().nullable(),
      seed: z.int().nullable(),
      slot: z.int(),
      startedAt: z.number(),
      endedAt: z.number(),
      /** Steps that a training made. */
      steps: z.int().nullable(),
      /** What was heard of it: time, steps done, steps in all. */
      heard: z.array(z.tuple([z.number(), z.int(), z.int()])),
    }),
  ),
})
export type Recording = z.infer<typeof Recording>

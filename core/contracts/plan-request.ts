import { z } from 'zod'
import { ExperimentDraft } from './protocol.ts'

/** A draft to be looked at before launch. What is assumed of chance is no part of what will be launched. */
export const PlanRequest = ExperimentDraft.extend({
  /** Standard deviation between seeds that the person assumes, in the metric's own units; else from earlier experiments. */
  spread: z.number().min(1e-7).max(1000).optional(),
})
export type PlanRequest = z.infer<typeof PlanRequest>

import { z } from 'zod'
import { networkSchemas } from '../networks/registry.ts'

/** What a person chooses of a network; core/networks says what that makes. */
export const NetworkSpec = z.discriminatedUnion('kind', networkSchemas)
export type NetworkSpec = z.infer<typeof NetworkSpec>

export const OptimizerSpec = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('adam'),
    beta1: z.number().min(0).lt(1),
    beta2: z.number().min(0).lt(1),
    epsilon: z.number().positive(),
    /** L2 penalty, added to the gradient of weights (not of biases). */
    weightDecay: z.number().min(0),
  }),
  z.strictObject({
    name: z.literal('sgd'),
    momentum: z.number().min(0).lt(1),
    /** Nesterov's look-ahead (Sutskever et al. 2013); left out: heavy-ball momentum. Needs momentum above 0. */
    nesterov: z.literal(true).optional(),
    weightDecay: z.number().min(0),
  }),
])
export type OptimizerSpec = z.infer<typeof OptimizerSpec>

/** The rate is multiplied by `factor` after each of the milestones, counted in gradient steps. */
export const StepSchedule = z.strictObject({
  name: z.literal('step'),
  /** Rising. */
  milestones: z.array(z.int().min(1)).min(1).max(20),
  factor: z.number().gt(0).lt(1),
})
export type StepSchedule = z.infer<typeof StepSchedule>

/**
 * Every `everySteps` the whole validation set is measured; training stops once `patience` measurements in a row were
 * not better than the best so far. Evaluated are the weights of that best measurement.
 */
export const EarlyStop = z.strictObject({
  metric: z.enum(['accuracy', 'nll']),
  everySteps: z.int().min(1),
  patience: z.int().min(1).max(1000),
})
export type EarlyStop = z.infer<typeof EarlyStop>

/** What is optional is off where it is left out, so that specs from before it existed keep their hash. */
export const TrainingSpec = z.strictObject({
  /** Gradient steps, the same in every arm; with `earlyStop` the most that are made. */
  steps: z.int().min(1).max(10_000_000),
  batchSize: z.int().min(1).max(8192),
  optimizer: OptimizerSpec,
  learningRate: z.number().positive(),
  /** `cosine` falls from learningRate to 0 over all steps after the warm-up. */
  schedule: z.union([z.enum(['constant', 'cosine']), StepSchedule]),
  /** Over so many first steps the rate rises linearly to learningRate (Goyal et al. 2017). */
  warmUpSteps: z.int().min(1).optional(),
  /** The gradient of all weights together is scaled down to this L2 norm where it is longer (Pascanu et al. 2013). */
  clipNorm: z.number().positive().optional(),
  earlyStop: EarlyStop.optional(),
})
export type TrainingSpec = z.infer<typeof TrainingSpec>

import { z } from 'zod'

/** A multilayer perceptron: `hidden` are the widths of the hidden layers, dropout acts after each of them. */
export const NetworkSpec = z.strictObject({
  kind: z.literal('mlp'),
  hidden: z.array(z.int().min(1).max(8192)).max(8),
  /** Share of hidden units dropped in training, 0 (off) up to but not including 1. */
  dropout: z.number().min(0).lt(1),
})
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
    weightDecay: z.number().min(0),
  }),
])
export type OptimizerSpec = z.infer<typeof OptimizerSpec>

export const TrainingSpec = z.strictObject({
  /** Gradient steps, the same in every arm. */
  steps: z.int().min(1).max(10_000_000),
  batchSize: z.int().min(1).max(8192),
  optimizer: OptimizerSpec,
  learningRate: z.number().positive(),
  /** `cosine` falls from learningRate to 0 over all steps. */
  schedule: z.enum(['constant', 'cosine']),
})
export type TrainingSpec = z.infer<typeof TrainingSpec>

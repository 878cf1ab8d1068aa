import { z } from 'zod'
import { StepTimes } from '../contracts/work-report.ts'
import type { StepsRequest } from '../contracts/work-request.ts'
import type { Costs } from './costs.ts'
import type { Observation } from './fit-costs.ts'
import { predictWork, stepWork } from './run-work.ts'

/**
 * Sizes that tell the parts of a step from each other: one as students are, a large one with few and with many examples in
 * a batch, next to nothing but layers, and next to nothing but classes: the last, with which code is compiled first. Half a
 * second together.
 */
export const probeSizes: StepsRequest['sizes'] = [
  { network: mlp([128, 64], 0.5), inputSize: 784, classes: 10, batchSize: 64, budgetMs: 60 },
  { network: mlp([512, 512], 0), inputSize: 784, classes: 10, batchSize: 16, budgetMs: 60 },
  { network: mlp([512, 512], 0), inputSize: 784, classes: 10, batchSize: 128, budgetMs: 120 },
  { network: mlp([8], 0), inputSize: 64, classes: 10, batchSize: 32, budgetMs: 80 },
  { network: mlp([8], 0), inputSize: 16, classes: 100, batchSize: 64, budgetMs: 60 },
]

function mlp(hidden: number[], dropout: number): StepsRequest['sizes'][number]['network'] {
  return { kind: 'mlp', hidden, dropout }
}

/** What a machine of these years costs about: where the fit begins, and what is said before anything was measured. */
export const typicalCosts: Costs = {
  process: 350,
  run: 120,
  layer: 0.03,
  mac: 1e-7,
  weight: 2e-6,
  cell: 3e-6,
  output: 6e-5,
  draw: 8e-6,
  call: 0.03,
  passMac: 1e-7,
  passCell: 3e-6,
}

/** What a probe measured: milliseconds from the start of a process to its engine's answer, and what steps took. */
export const ProbeTimes = StepTimes.extend({ loadMs: z.number().positive() })
export type ProbeTimes = z.infer<typeof ProbeTimes>

/** One probe speaks for the machine as a few trainings would. */
const probeWeight = 0.3

/** A probe as observations of work. */
export function probeObservations({ loadMs, sizes }: ProbeTimes): Observation[] {
  return [
    { work: { process: 1 }, durationMs: loadMs, shape: 'probe process', weight: probeWeight },
    ...sizes.flatMap(({ stepMs, passMs, passExamples }, index) => {
      const size = probeSizes[index]
      if (size === undefined) return []
      const { network, batchSize } = size
      const shape = `probe ${index}`
      return [
        { work: stepWork(network, size, batchSize), durationMs: stepMs, shape, weight: probeWeight },
        { work: predictWork(network, size, passExamples), durationMs: passMs, shape, weight: probeWeight },
      ]
    }),
  ]
}

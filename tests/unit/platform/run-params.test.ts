import { describe, expect, it } from 'vitest'
import type { TrainingSpec } from '../../../core/contracts/network.ts'
import { draftProtocol } from '../../../core/planning/draft-protocol.ts'
import { teacherSpec } from '../../../core/planning/plan-runs.ts'
import { runParams } from '../../../server/domain/experiments/run-params.ts'
import { digits, draft, wasm } from '../planning/drafts.ts'

function paramsOf(changes: Partial<TrainingSpec>): Record<string, string> {
  const result = draftProtocol(draft(), digits, wasm)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  const spec = teacherSpec(result.protocol)
  return runParams({ ...spec, training: { ...spec.training, ...changes } })
}

describe('the params of a run', () => {
  it('are what they always were where nothing is switched on', () => {
    expect(paramsOf({})).toEqual({
      method: 'teacher',
      seed: '1001',
      hidden: '32',
      dropout: '0',
      steps: '100',
      batchSize: '32',
      optimizer: 'adam',
      learningRate: '0.001',
      schedule: 'cosine',
    })
  })

  it('name schedule, warm-up, clipping, Nesterov and early stop as flat text', () => {
    expect(
      paramsOf({
        optimizer: { name: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0 },
        schedule: { name: 'step', milestones: [40, 80], factor: 0.1 },
        warmUpSteps: 10,
        clipNorm: 1.5,
        earlyStop: { metric: 'nll', everySteps: 20, patience: 3 },
      }),
    ).toMatchObject({
      optimizer: 'sgd',
      momentum: '0.9',
      nesterov: 'true',
      schedule: 'step',
      milestones: '40, 80',
      factor: '0.1',
      warmUpSteps: '10',
      clipNorm: '1.5',
      earlyStopMetric: 'nll',
      earlyStopEverySteps: '20',
      earlyStopPatience: '3',
    })
  })
})

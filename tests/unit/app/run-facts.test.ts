import { describe, expect, test } from 'vitest'
import { endText, runFacts } from '../../../app/_features/run/run-facts.ts'
import type { TrainingSpec } from '../../../core/contracts/network.ts'
import type { RunPage } from '../../../core/contracts/views.ts'
import { bestStepKey } from '../../../core/wording/metric-names.ts'
import { draftInput } from '../planning/drafts.ts'

type Page = Parameters<typeof runFacts>[0]

function page(training: Partial<TrainingSpec>, changes: Partial<Page> = {}): Page {
  const plain = draftInput().student.training
  return {
    spec: {
      schemaVersion: 1,
      armId: 'scratch',
      method: { name: 'scratch' },
      seed: 4,
      network: { kind: 'mlp', hidden: [8], dropout: 0 },
      training: { ...plain, ...training },
      data: { hash: 'a'.repeat(64), classes: 10, inputSize: 64 },
      labels: { perSeed: 320, subset: 'per-seed' },
      teacherSpecHash: null,
      engine: { name: 'wasm', version: 'test' },
    },
    loss: 'CE(y, p)',
    parameters: 610,
    batch: { size: 32, labelled: 32 },
    seed: 4,
    status: 'finished',
    step: 100,
    steps: 100,
    stepsPerEpoch: 10,
    figures: {},
    ...changes,
  }
}

const facts = (of: Page) => Object.fromEntries(runFacts(of))
const earlyStop = { metric: 'accuracy' as const, everySteps: 5, patience: 3 }
const stopped: Pick<RunPage, 'step' | 'figures'> = { step: 45, figures: { [bestStepKey]: 30 } }

describe('the facts of a run', () => {
  test('that makes all steps name its last one as evaluated', () => {
    expect(facts(page({}))).toMatchObject({ Steps: '100, 10 epochs', Evaluated: 'last step' })
    expect(endText(page({}))).toBeNull()
  })

  test('that stopped early name the steps it made and the one that is evaluated', () => {
    const run = page({ earlyStop }, stopped)
    expect(facts(run)).toMatchObject({
      Steps: '45 of at most 100, 4.5 epochs',
      'Early stop': 'accuracy every 5 steps, patience 3',
      Evaluated: 'step 30, best on validation',
    })
    expect(endText(run)).toBe(
      'It stopped early, at step 45 of 100; evaluated is step 30, where validation accuracy was best.',
    )
  })

  test('that may stop early and did not say so', () => {
    const run = page({ earlyStop: { ...earlyStop, metric: 'nll' } }, { figures: { [bestStepKey]: 90 } })
    expect(endText(run)).toBe('It made all 100 steps; evaluated is step 90, where validation NLL was best.')
  })

  test('that is still trained promise no step', () => {
    const run = page({ earlyStop }, { status: 'running', step: 20 })
    expect(facts(run)).toMatchObject({
      Steps: 'at most 100, 10 epochs',
      Evaluated: 'best on validation (accuracy)',
    })
    expect(endText(run)).toBeNull()
  })
})

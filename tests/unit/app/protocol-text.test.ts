import { describe, expect, test } from 'vitest'
import {
  earlyStopSentence,
  optimizerText,
  rateText,
} from '../../../app/_features/experiment/training-text.ts'
import { datasetText } from '../../../app/_features/new-experiment/dataset-text.ts'
import { dataText, drawnText } from '../../../app/_features/protocol/data-text.ts'
import { labelsText, trainingRows } from '../../../app/_features/protocol/protocol-text.ts'
import type { TrainingSpec } from '../../../core/contracts/network.ts'
import type { DataSpec, ExperimentDraftInput, Protocol } from '../../../core/contracts/protocol.ts'
import { draftProtocol } from '../../../core/planning/draft-protocol.ts'
import { digits, draft, draftInput, softTargets, wasm } from '../planning/drafts.ts'

const training: TrainingSpec = draftInput().student.training

function protocol(changes: Partial<ExperimentDraftInput>): Protocol {
  const result = draftProtocol(draft(changes), digits, wasm)
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join(' '))
  return result.protocol
}

const rows = (changes: Partial<ExperimentDraftInput>, who: 'teacher' | 'student' = 'student') =>
  Object.fromEntries(trainingRows(protocol(changes), who))

describe('steps, batch and epochs of the protocol', () => {
  test('without unlabelled examples all students make the same epochs', () => {
    expect(rows({ labelsPerSeed: 320 })).toMatchObject({ Steps: '100 (10 epochs)', Batch: '32' })
    expect(rows({ labelsPerSeed: 320 }, 'teacher')).toMatchObject({ Steps: '100 (4 epochs)', Batch: '32' })
  })

  test('arms with unlabelled examples make fewer epochs of the labels', () => {
    const methods: ExperimentDraftInput['methods'] = [
      { name: 'soft-targets-unlabelled', ...softTargets, unlabelledShare: 0.5 },
      { name: 'hard-labels-unlabelled', ...softTargets, unlabelledShare: 0.5 },
    ]
    expect(rows({ labelsPerSeed: 320, methods })).toMatchObject({
      Steps: '100 (10 epochs of the labels)',
      Batch: '32',
      'With unlabelled examples': '16 of 32 with labels, 5 epochs',
    })
    expect(rows({ labelsPerSeed: 320, methods }, 'teacher')['With unlabelled examples']).toBeUndefined()
  })

  test('arms with other shares are told one by one', () => {
    const methods: ExperimentDraftInput['methods'] = [0.25, 0.75].map((unlabelledShare) => ({
      name: 'soft-targets-unlabelled',
      ...softTargets,
      unlabelledShare,
    }))
    expect(rows({ labelsPerSeed: 320, methods })).toMatchObject({
      'With 8 unlabelled a batch': '24 of 32 with labels, 7.5 epochs',
      'With 24 unlabelled a batch': '8 of 32 with labels, 2.5 epochs',
    })
  })

  test('a batch is cut to the labels, and its epochs with it', () => {
    const student = { ...draftInput().student, training: { ...training, batchSize: 64 } }
    expect(rows({ labelsPerSeed: 20, student })).toMatchObject({
      Steps: '100 (100 epochs)',
      Batch: '20, all there are (64 asked)',
    })
  })
})

describe('what a training has besides', () => {
  const train = (changes: Partial<TrainingSpec>) => ({
    student: { ...draftInput().student, training: { ...training, ...changes } },
  })

  test.each([
    [{ schedule: 'constant' }, '0.001, constant'],
    [{ schedule: 'cosine' }, '0.001, cosine to 0'],
    [{ schedule: { name: 'step', milestones: [4000, 6000], factor: 0.1 } }, '0.001, ÷ 10 at 4,000 and 6,000'],
    [{ schedule: { name: 'step', milestones: [50], factor: 0.3 } }, '0.001, × 0.3 at 50'],
  ] satisfies [Pick<TrainingSpec, 'schedule'>, string][])('the rate of %o is “%s”', (changes, text) => {
    expect(rateText({ learningRate: 0.001, ...changes })).toBe(text)
  })

  test('momentum is Nesterov’s where it is', () => {
    const plain = { name: 'sgd', momentum: 0.9, weightDecay: 0.0005 } as const
    expect(optimizerText(plain)).toBe('SGD, momentum 0.9, weight decay 0.0005')
    expect(optimizerText({ ...plain, nesterov: true })).toBe(
      'SGD, Nesterov momentum 0.9, weight decay 0.0005',
    )
  })

  test('is told where it is on, and what is evaluated always', () => {
    expect(rows({})).toMatchObject({ Evaluated: 'last step' })
    expect(Object.keys(rows({}))).not.toContain('Early stop')
    expect(Object.keys(rows({}))).not.toContain('Gradient clipping')
    const earlyStop = { metric: 'accuracy' as const, everySteps: 5, patience: 3 }
    expect(rows(train({ warmUpSteps: 1, clipNorm: 0.5, earlyStop }))).toMatchObject({
      'Warm-up': '1 step',
      Steps: 'at most 100 (32 epochs)',
      'Gradient clipping': 'norm at most 0.5',
      'Early stop': 'accuracy every 5 steps, patience 3',
      Evaluated: 'best on validation (accuracy)',
    })
    expect(rows(train({ earlyStop: { metric: 'nll', everySteps: 1, patience: 1 } }))).toMatchObject({
      'Early stop': 'NLL every step, patience 1',
      Evaluated: 'best on validation (NLL)',
    })
  })

  test('an early stop is explained, with what it means where runs are compared', () => {
    expect(earlyStopSentence({ metric: 'nll', everySteps: 100, patience: 5 }, true)).toBe(
      'Validation NLL is measured every 100 steps; training ends after 5 measurements in a row that are not better than the best so far, and the weights of the best one are evaluated. The rule is the same in all arms, so their runs may make different numbers of steps.',
    )
    expect(earlyStopSentence({ metric: 'accuracy', everySteps: 1, patience: 1 }, false)).toBe(
      'Validation accuracy is measured every step; training ends after the first measurement that is not better than the best so far, and the weights of the best one are evaluated.',
    )
  })

  test('validation labels that choose a step count as used', () => {
    const early = { earlyStop: { metric: 'nll' as const, everySteps: 5, patience: 3 } }
    const teacher = { ...draftInput().teacher, training: { ...training, ...early } }
    expect(labelsText(protocol({}))).not.toContain('validation')
    expect(labelsText(protocol(train(early)))).toContain(
      'The 200 validation labels choose where training ends and which step is evaluated, so they count: 300 for a student, in every arm.',
    )
    expect(labelsText(protocol({ teacher }))).toContain('so they count: 997 for the teacher.')
    expect(labelsText(protocol({ ...train(early), teacher, labelsPerSeed: 797 }))).toContain(
      'All 797 training labels, the same for teacher, control and students. The 200 validation labels choose where training ends and which step is evaluated, so they count: 997 for the teacher and 997 for a student, in every arm.',
    )
  })
})

describe('the data', () => {
  const groups = { duplicated: 1000, copies: 1332, twoLabels: 0, test: 780 }
  const table: DataSpec = { ...digits, classes: 26, inputSize: 16, groups }

  test('of images says what became of copies of test examples', () => {
    expect(dataText(digits)).toBe(
      '10 classes, 64 numbers an example, scaled to 0–1, no augmentation. No example of train or validation is also in the test set.',
    )
    expect(dataText({ ...digits, testCopiesRemoved: 1 })).toContain(
      '1 example that is also in the test set was',
    )
    expect(drawnText(digits)).toBe('stratified, split seed 1')
  })

  test('of a table says that equal rows stand together and count as one', () => {
    expect(dataText(table)).toBe(
      '26 classes, 16 numbers an example, each column standardised as in the training set. 1,332 rows repeat another one. Equal rows stand in the same part, so no row of train or validation is also in the test set. In the verdict they count as one: 780 groups of 800 test examples.',
    )
    expect(dataText({ ...table, groups: { ...groups, test: 800 } })).not.toContain('In the verdict')
    expect(dataText({ ...table, groups: { ...groups, copies: 0 } })).toContain('No two rows are equal.')
    expect(dataText({ ...table, groups: { ...groups, copies: 1, twoLabels: 1 } })).toContain(
      '1 row repeats another one; 1 set of equal rows has more than one label.',
    )
    expect(drawnText(table)).toBe('stratified, equal rows together, split seed 1')
  })

  test('on the New page names sizes, shape, copies and origin', () => {
    const view = { ...digits, label: 'Digits', shape: '8×8 grey', licence: 'CC BY 4.0', source: 'UCI' }
    expect(datasetText(view)).toBe(
      '797 train, 200 validation, 800 test. 8×8 grey, 10 classes. Source: UCI; CC BY 4.0.',
    )
    expect(datasetText({ ...view, testCopiesRemoved: 43 })).toContain(
      '43 copies of test examples were taken out',
    )
    expect(datasetText({ ...view, ...table })).toBe(
      '797 train, 200 validation, 800 test. A table of 16 columns, 26 classes. 1,332 rows repeat another one. Equal rows stay in one part. Source: UCI; CC BY 4.0.',
    )
  })
})

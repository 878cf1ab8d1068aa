import { describe, expect, test } from 'vitest'
import { trainingRows } from '../../../app/_features/protocol/protocol-text.ts'
import type { ExperimentDraftInput, Protocol } from '../../../core/contracts/protocol.ts'
import { draftProtocol } from '../../../core/distillation/draft-protocol.ts'
import { digits, draft, draftInput, softTargets, wasm } from '../distillation/drafts.ts'

const training = draftInput().student.training

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

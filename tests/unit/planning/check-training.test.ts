import { describe, expect, it } from 'vitest'
import type { TrainingSpec } from '../../../core/contracts/network.ts'
import type { ExperimentDraft } from '../../../core/contracts/protocol.ts'
import { draftProtocol } from '../../../core/planning/draft-protocol.ts'
import { labelsUsed } from '../../../core/planning/labels-used.ts'
import { digits, draft, wasm } from './drafts.ts'

const earlyStop = { metric: 'accuracy', everySteps: 10, patience: 3 } as const
const milestones = (...at: number[]): Partial<TrainingSpec> => ({
  schedule: { name: 'step', milestones: at, factor: 0.1 },
})

/** Five seeds and no other remarkable thing, so that every note is about the training. 100 steps. */
function withTraining(part: 'teacher' | 'student', changes: Partial<TrainingSpec>): ExperimentDraft {
  const made = draft({ seeds: 5 })
  return { ...made, [part]: { ...made[part], training: { ...made[part].training, ...changes } } }
}

const made = (of: ExperimentDraft) => draftProtocol(of, digits, wasm)

function problemOf(of: ExperimentDraft): { path: string; message: string } | undefined {
  const result = made(of)
  if (result.ok) return undefined
  expect(result.problems).toHaveLength(1)
  return result.problems[0]
}

describe.each(['teacher', 'student'] as const)('the training of a %s', (part) => {
  const refused: [name: string, changes: Partial<TrainingSpec>, path: string, text: string][] = [
    ['milestones that fall', milestones(50, 20), 'schedule.milestones', '50, 20 do not'],
    ['a milestone twice', milestones(20, 20), 'schedule.milestones', 'must rise'],
    ['a milestone at its end', milestones(50, 100), 'schedule.milestones', 'The milestone 100 is never'],
    [
      'a milestone inside the warm-up',
      { ...milestones(10, 50), warmUpSteps: 11 },
      'schedule.milestones',
      'inside the warm-up of 11 steps',
    ],
    ['warm-up to its end', { warmUpSteps: 100 }, 'warmUpSteps', 'the last of the 100 steps'],
    [
      'Nesterov without momentum',
      { optimizer: { name: 'sgd', momentum: 0, nesterov: true, weightDecay: 0 } },
      'optimizer.nesterov',
      'momentum above 0',
    ],
    [
      'a first measurement after its end',
      { earlyStop: { ...earlyStop, everySteps: 101 } },
      'earlyStop.everySteps',
      'after 101 steps',
    ],
  ]

  it.each(refused)('with %s is refused at its field', (_name, changes, path, text) => {
    expect(problemOf(withTraining(part, changes))).toEqual({
      path: `${part}.training.${path}`,
      message: expect.stringContaining(text),
    })
  })

  const allowed: [name: string, changes: Partial<TrainingSpec>][] = [
    ['milestones up to its last step', milestones(1, 99)],
    ['a milestone where the warm-up ends', { ...milestones(10, 50), warmUpSteps: 10 }],
    ['warm-up until its last step', { warmUpSteps: 99 }],
    ['momentum without Nesterov', { optimizer: { name: 'sgd', momentum: 0, weightDecay: 0 } }],
    ['Nesterov with momentum', { optimizer: { name: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0 } }],
    ['clipping', { clipNorm: 1 }],
    ['a measurement at its last step alone', { earlyStop: { ...earlyStop, everySteps: 100 } }],
  ]

  it.each(allowed)('may have %s', (_name, changes) => {
    expect(made(withTraining(part, changes)).ok).toBe(true)
  })
})

describe('the evaluated weights', () => {
  const checkpointOf = (of: ExperimentDraft) => {
    const result = made(of)
    if (!result.ok) throw new Error(JSON.stringify(result.problems))
    return { checkpoint: result.protocol.checkpoint, labels: labelsUsed(result.protocol) }
  }

  it('are the last ones, and only labels of training are used, unless the students stop early', () => {
    expect(checkpointOf(draft())).toEqual({ checkpoint: 'last', labels: 100 })
    expect(checkpointOf(withTraining('teacher', { earlyStop }))).toEqual({ checkpoint: 'last', labels: 100 })
    expect(checkpointOf(withTraining('student', { earlyStop }))).toEqual({
      checkpoint: 'best-on-validation',
      labels: 300,
    })
  })

  it('that validation chooses are noted with the number of its labels', () => {
    expect(made(withTraining('student', {})).notes).toEqual([])
    expect(made(withTraining('student', { earlyStop })).notes).toEqual([
      'Students stop early by the validation set: its 200 labels count as labels used, in every arm, and arms may make different numbers of steps.',
    ])
    expect(made(withTraining('teacher', { earlyStop })).notes).toEqual([
      'The teacher stops early by the validation set: it has seen those 200 labels too.',
    ])
  })

  it('cannot come before the last step where patience is too long, and a note says so', () => {
    const noteOf = (patience: number, everySteps: number): boolean =>
      made(withTraining('student', { earlyStop: { metric: 'nll', everySteps, patience } })).notes.some(
        (note) => note.includes('cannot stop before'),
      )
    expect(noteOf(8, 10)).toBe(false)
    // The first measurement, at step 10, is the best so far; nine more end at step 100.
    expect(noteOf(9, 10)).toBe(true)
    expect(noteOf(1, 100)).toBe(true)
  })
})

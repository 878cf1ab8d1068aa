import { describe, expect, test } from 'vitest'
import { cancelExperimentText } from '../../../app/_features/experiment/cancel-experiment-text.ts'
import { cancelText, restTexts } from '../../../app/_features/run/cancel-text.ts'
import { stoppedText } from '../../../app/_features/run/run-facts.ts'
import { outlookText } from '../../../app/_features/verdict/outlook-text.ts'
import type { ArmView } from '../../../core/contracts/views.ts'

const arm = (role: ArmView['role'], label: string): { arm: ArmView; trainedAgain: boolean } => ({
  trainedAgain: false,
  arm: { id: 'x', role, method: 'soft-targets', label, shorter: [], detail: '', slot: null },
})
const costs = { arms: ['Label smoothing', 'Soft targets'], all: true, decidedBefore: false, runs: 7 }

describe('the dialog that cancels a run', () => {
  test('of the control says that every arm needs it', () => {
    expect(cancelText(arm('control', 'Control'), costs)).toBe(
      'Every arm is compared with the control and needs all of its seeds: without this run there is no verdict word for label smoothing and soft targets. A cancelled run cannot be resumed.',
    )
  })

  test('of the teacher names what will be blocked, and whether anything is left', () => {
    const text = cancelText(arm('teacher', 'Teacher'), { ...costs, arms: ['Soft targets'], all: false })
    expect(text).toContain('will be blocked: there is no result and no verdict word for soft targets.')
    expect(text).toContain('The other arms still finish.')
    expect(cancelText(arm('teacher', 'Teacher'), costs)).not.toContain('still finish')
  })

  test('of a regularisation control says what else is compared with it', () => {
    expect(cancelText(arm('regularisation', 'Label smoothing'), { ...costs, all: false })).toContain(
      'Whether it is the teacher stays open too: every distilled arm is compared with label smoothing for that.',
    )
  })

  test('of a method says that its arm alone loses its word', () => {
    expect(cancelText(arm('distillation', 'Soft targets'), { ...costs, all: false })).toBe(
      'Its seed will have no result in this arm, and without all planned seeds the arm gets no verdict word. A cancelled run cannot be resumed.',
    )
  })

  test('of a run that is trained again says that its result stays', () => {
    const again = { ...arm('control', 'Control'), trainedAgain: true }
    expect(cancelText(again, costs)).toMatch(/^It keeps the result that it had/)
  })

  test('says that earlier words stand, and does not threaten a word that is lost already', () => {
    expect(cancelText(arm('control', 'Control'), { ...costs, decidedBefore: true })).toContain(
      'Words of an earlier look stand.',
    )
    expect(cancelText(arm('control', 'Control'), { ...costs, arms: [] })).toMatch(/^No arm gets/)
    const teacher = cancelText(arm('teacher', 'Teacher'), { ...costs, arms: [] })
    expect(teacher).toMatch(/^Every run that learns from this teacher will be blocked/)
  })

  test('offers to end what can give no word any more, in one or many', () => {
    expect(restTexts(1)).toEqual({
      end: 'End the other run that can give no word any more',
      goOn: 'Let it go on, for the figures',
    })
    expect(restTexts(2).end).toBe('End the 2 other runs that can give no word any more')
  })
})

describe('the dialog that cancels an experiment', () => {
  const page = {
    runsTotal: 10,
    runsEnded: 3,
    seeds: [1, 2, 3],
    protocol: { looks: [{ seeds: 3, alpha: 0.05 }] },
  }

  test('says what it costs at that point', () => {
    expect(cancelExperimentText(page)).toContain('7 runs will not be trained to the end.')
    expect(cancelExperimentText(page)).toContain('there will be no verdict')
    expect(cancelExperimentText({ ...page, runsEnded: 9 })).toMatch(/^1 run will/)
  })

  test('leaves the words of an earlier look, and the verdict once every run has ended', () => {
    expect(cancelExperimentText({ ...page, seeds: [1, 2, 3, 4, 5] })).toContain(
      'What was decided at an earlier look stands',
    )
    expect(cancelExperimentText({ ...page, runsEnded: 10 })).toMatch(/what was decided stands/)
  })
})

test('a run that was ended before its time says where it stopped', () => {
  const run = { status: 'cancelled', startedAt: 1, step: 1204, steps: 5000, stepsPerEpoch: 100 } as const
  expect(stoppedText(run)).toBe('It stopped at step 1,204 of 5,000, after 12 epochs.')
  expect(stoppedText({ ...run, status: 'failed', step: 100 })).toBe(
    'It stopped at step 100 of 5,000, after 1 epoch.',
  )
  expect(stoppedText({ ...run, startedAt: null })).toBe('It was never trained.')
  expect(stoppedText({ ...run, status: 'finished' })).toBeNull()
})

test('what can only add figures is offered to be ended', () => {
  expect(outlookText({ arms: [], all: true, runs: 1 }).text).toBe(
    'The run that is left can give no word any more, only figures: end it, or let it go on for these.',
  )
  expect(outlookText({ arms: [], all: false, runs: 4 }).button).toBe('End 4 runs')
})

import { describe, expect, test } from 'vitest'
import {
  idleArms,
  wordlessArms,
  type ArmProspects,
  type Prospect,
  type Prospects,
} from '../../../core/judging/wordless.ts'

const arm = (
  id: string,
  role: ArmProspects['role'],
  prospects: readonly Prospect[] = ['pending', 'pending', 'pending', 'pending', 'pending'],
): ArmProspects => ({
  id,
  role,
  needsTeacher: role === 'distillation',
  seeds: new Map(prospects.map((prospect, index) => [index + 1, prospect])),
})

const room = (changes: Partial<Prospects> = {}): Prospects => ({
  control: arm('scratch', 'control'),
  arms: [arm('smooth', 'regularisation'), arm('soft', 'distillation')],
  teacherLost: false,
  paired: true,
  ...changes,
})

const found = (prospects: Prospects): [wordless: string[], idle: string[]] => {
  const wordless = wordlessArms(prospects)
  return [wordless.map((one) => `${one.arm} ${one.why}`), [...idleArms(prospects, wordless)].sort()]
}

describe('what can get no word any more', () => {
  test('is nothing while everything goes on', () => {
    expect(found(room())).toEqual([[], []])
  })

  test('is every arm once a run of the control was cancelled, and nothing needs the teacher then', () => {
    const control = arm('scratch', 'control', ['result', 'stopped', 'pending', 'pending', 'pending'])
    expect(found(room({ control }))).toEqual([
      ['smooth control-stopped', 'soft control-stopped'],
      ['scratch', 'smooth', 'soft', 'teacher'],
    ])
  })

  test('is the arm that lost a run alone; the control is needed by the others', () => {
    const arms = [
      arm('smooth', 'regularisation'),
      arm('soft', 'distillation', ['stopped', 'pending', 'pending', 'pending', 'pending']),
    ]
    expect(found(room({ arms }))).toEqual([['soft stopped'], ['soft', 'teacher']])
  })

  test('is what needs the teacher once that has no result', () => {
    expect(found(room({ teacherLost: true }))).toEqual([['soft teacher-lost'], ['soft', 'teacher']])
  })

  test('is every arm where all runs of the control diverged', () => {
    const control = arm('scratch', 'control', ['diverged', 'diverged', 'diverged', 'diverged', 'diverged'])
    expect(found(room({ control }))[0]).toEqual(['smooth control-diverged', 'soft control-diverged'])
  })

  test('is an arm that lacks more than a fifth of its seeds, counted with those of the control where seeds are pairs', () => {
    const control = arm('scratch', 'control', ['missing', 'result', 'result', 'result', 'result'])
    const lacking = arm('soft', 'distillation', ['result', 'missing', 'pending', 'pending', 'pending'])
    expect(found(room({ control, arms: [lacking] }))[0]).toEqual(['soft missing'])
    expect(found(room({ control, arms: [lacking], paired: false }))[0]).toEqual([])
  })

  test('is nothing where too few seeds were planned for a word', () => {
    const control = arm('scratch', 'control', ['stopped', 'pending'])
    expect(found(room({ control }))).toEqual([[], []])
  })
})

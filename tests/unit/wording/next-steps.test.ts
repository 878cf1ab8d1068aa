import { describe, expect, test } from 'vitest'
import type { ArmRole } from '../../../core/contracts/arm.ts'
import { nextSteps } from '../../../core/wording/next-steps.ts'
import type { ArmEndings } from '../../../core/wording/repair-steps.ts'
import { golden, goldenInput } from '../../support/designs.ts'
import { plainSteps } from '../../support/texts-input.ts'
import { saidPrimary } from '../../support/said.ts'

describe('what to do next', () => {
  const steps = (changes: Partial<Parameters<typeof nextSteps>[0]> = {}): ReturnType<typeof nextSteps> =>
    nextSteps({
      ...plainSteps,
      comparisons: saidPrimary({ ...goldenInput(), margin: 0.3 }),
      labels: {},
      roles: {},
      margin: 0.3,
      ...changes,
    })

  test('what seeds can settle leads to a new experiment with seeds that were not used', () => {
    const found = steps()
    const plan = found.find(({ action }) => action?.kind === 'plan')
    expect(plan?.action).toMatchObject({ kind: 'plan', firstSeed: 6 })
    expect(plan?.text).toContain('new seeds')
    expect(plan?.text).toMatch(/about \d+ min/)
  })

  test('what no number of seeds can settle asks for more test examples, without a button', () => {
    const found = steps({ comparisons: saidPrimary(goldenInput()), margin: golden.margin })
    const tests = found.filter(({ title }) => title.startsWith('Get more test examples'))
    expect(tests.length).toBeGreaterThan(0)
    expect(tests.every(({ action }) => action === null)).toBe(true)
  })

  test('a planned look is offered first, and only for the arms that it would settle', () => {
    const found = steps({
      extension: { look: 1, seeds: 10, runs: 10, estimateMs: 120_000, arms: ['method-0'] },
    })
    expect(found[0]?.action).toEqual({ kind: 'extend' })
    expect(found[0]?.text).toContain('10 runs more, about 2 min')
  })

  test('an experiment never asks for fewer seeds than it had', () => {
    const [first] = saidPrimary({ ...goldenInput(), margin: 0.3 })
    if (first?.planning === undefined) throw new Error('no planning')
    const planning = { ...first.planning, needed: 3, neededUpper: 4, testSetFactor: null }
    const [step] = steps({ comparisons: [{ ...first, word: 'inconclusive', planning }] })
    expect(step?.action).toMatchObject({ kind: 'plan', seeds: 5, firstSeed: 6 })
    expect(step?.text).toContain('5 seeds show a difference of 30 points in 4 cases of 5')
  })

  test('a planned look says where its seeds will hardly be enough', () => {
    const [first] = saidPrimary(goldenInput())
    if (first === undefined) throw new Error('no comparison')
    const [step] = steps({
      comparisons: [{ ...first, undecidable: true, open: true }],
      extension: { look: 1, seeds: 10, runs: 10, estimateMs: null, arms: [first.arm] },
    })
    expect(step?.text).toContain('the test set is too small')
  })

  test('where seeds are missing and nothing was decided, new seeds are offered', () => {
    const none = saidPrimary(goldenInput()).map((one) => ({
      ...one,
      word: null,
      reason: 'its teacher failed',
    }))
    expect(steps({ comparisons: none })[0]?.text).toContain('There is no verdict: its teacher failed.')
  })

  test('networks that have not learnt, and a teacher that is worse than the control, come first', () => {
    const first = (ofTeacher: number, ofControl: number): string | undefined =>
      steps({ accuracy: { teacher: ofTeacher, control: ofControl } })[0]?.title
    expect(first(0.33, 0.13)).toBe('Train longer first')
    expect(first(0.85, 0.9)).toBe('Train a better teacher first')
    expect(first(0.9, 0.9)).not.toMatch(/first$/)
  })

  test('more seeds than an experiment holds are said to be too many', () => {
    const [one] = saidPrimary({ ...goldenInput(), margin: 0.3 })
    if (one?.planning === undefined) throw new Error('no planning')
    const planning = { ...one.planning, needed: 80, neededUpper: 310, testSetFactor: null, sdUpper: 0.2 }
    const [step] = steps({ comparisons: [{ ...one, word: 'inconclusive', planning }] })
    expect(step?.action).toEqual({ kind: 'plan', seeds: 100, firstSeed: 6, spread: 0.2 })
    expect(step?.text).toContain('at most 100 seeds of an arm')
  })

  const ended = (role: ArmRole, changes: Partial<ArmEndings> = {}): ArmEndings => ({
    damaged: 0,
    trainedAgain: 0,
    role,
    label: role === 'control' ? 'the control' : role === 'teacher' ? 'Teacher' : 'Soft targets',
    runs: 5,
    diverged: 0,
    failures: {},
    ...changes,
  })
  const wordless = saidPrimary(goldenInput()).map((one) => ({
    ...one,
    word: null,
    reason: 'seeds are missing',
  }))

  test('where the control diverged, the advice is how it is trained, not for how long or how often', () => {
    const endings = [ended('control', { diverged: 5 }), ended('distillation')]
    const found = steps({ comparisons: wordless, endings, accuracy: { teacher: 0.9, control: 0.1 } })
    expect(found.map(({ title }) => title)).toEqual(['Make the training steady first'])
    expect(found[0]?.text).toBe(
      'Every run of the control diverged. A lower learning rate, clipping of the gradient or a longer warm-up keeps a training finite; more seeds do not.',
    )
  })

  test('where the teacher diverged, that is said, and not that it is worse than the control', () => {
    const endings = [ended('teacher', { runs: 1, diverged: 1 }), ended('control')]
    const found = steps({ comparisons: wordless, endings, accuracy: { teacher: 0.1, control: 0.9 } })
    expect(found.map(({ title }) => title)).toEqual(['Make the training steady first'])
    expect(found[0]?.text).toMatch(/^The teacher diverged, so that nothing could learn from it\./)
  })

  test('an arm some of whose runs diverged is not offered more seeds', () => {
    const [one] = saidPrimary({ ...goldenInput(), margin: 0.3 })
    if (one === undefined) throw new Error('no comparison')
    const comparisons = [{ ...one, word: 'inconclusive' as const, divergedSeeds: [2] }]
    const found = steps({ comparisons, endings: [ended('control'), ended('distillation', { diverged: 1 })] })
    expect(found.map(({ title }) => title)).toEqual(['Make the training steady first'])
    expect(found[0]?.text).toMatch(/^1 of 10 runs diverged\./)
  })

  test('at the memory limit new seeds do not decide', () => {
    const endings = [ended('control'), ended('distillation', { failures: { 'out-of-memory': 2 } })]
    const found = steps({ comparisons: wordless, endings })
    expect(found.map(({ title }) => title)).toEqual(['Make room in memory first'])
    expect(found[0]?.text).toContain('STILLHOUSE_MEMORY_LIMIT_MB')
    expect(found[0]?.text).not.toMatch(/can decide/)
  })

  test('where stored files are damaged they are mended, and no new experiment is offered', () => {
    const endings = [ended('control', { damaged: 1 }), ended('distillation')]
    const found = steps({ comparisons: wordless, endings })
    expect(found.map(({ title }) => title)).toEqual(['Mend the damaged files first'])
    expect(found[0]?.text).toMatch(/^Stored files of 1 of 10 runs are damaged or gone\./)
    expect(found[0]?.action).toBeNull()
  })

  test('while a run is trained again, or the data set is damaged, that is all the advice', () => {
    const again = [ended('control', { trainedAgain: 1 }), ended('distillation')]
    expect(steps({ comparisons: wordless, endings: again }).map(({ title }) => title)).toEqual([
      'Wait until 1 run is trained again',
    ])
    expect(steps({ comparisons: wordless, dataDamaged: true }).map(({ title }) => title)).toEqual([
      'Mend the data set first',
    ])
  })

  test('a run that failed and cost no word asks for no repair', () => {
    const decided = saidPrimary({ ...goldenInput(), margin: 0.3 }).map((one) => ({
      ...one,
      word: 'helped' as const,
      reason: null,
    }))
    const endings = [ended('control'), ended('distillation', { failures: { lost: 1 } })]
    expect(steps({ comparisons: decided, endings }).map(({ title }) => title)).not.toContain(
      'Repair what failed first',
    )
  })

  test('nothing is offered while the words are still to come', () => {
    expect(steps({ state: 'provisional' })).toEqual([])
    expect(steps({ state: 'waiting' })).toEqual([])
  })

  test('what was stopped is offered again with new seeds', () => {
    const none = saidPrimary({
      ...goldenInput(),
      stopped: true,
      control: { ...goldenInput().control, seeds: [] },
    })
    expect(steps({ state: 'stopped', comparisons: none })[0]?.action).toEqual({
      kind: 'plan',
      seeds: 5,
      firstSeed: 6,
      spread: null,
    })
  })
})

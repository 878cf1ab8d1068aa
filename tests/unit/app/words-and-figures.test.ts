import { describe, expect, test } from 'vitest'
import { prepareSpark } from '../../../app/_charts/prepare-spark.ts'
import {
  countStates,
  filterExperiments,
  stateOf,
} from '../../../app/_features/experiments/filter-experiments.ts'
import { troubleText } from '../../../app/_features/experiments/trouble-text.ts'
import { workersSentence } from '../../../app/_features/shell/workers-sentence.ts'
import { endings } from '../../../app/_features/verdict/endings.ts'
import { figureGroups, figuresRemark } from '../../../app/_features/verdict/figures.ts'
import {
  count,
  decimal,
  duration,
  epochNumber,
  latency,
  listed,
  marginAmount,
  megabytes,
  short,
  signed,
  times,
} from '../../../app/_ui/format.ts'
import { nearTime } from '../../../app/_ui/time-text.ts'
import type { Protocol } from '../../../core/contracts/protocol.ts'
import type { SaidComparison } from '../../../core/wording/say-comparison.ts'
import type { ArmFigures, ArmView, ExperimentSummary, RunCell } from '../../../core/contracts/views.ts'

describe('numbers on the page', () => {
  test('carry a true minus, and zero carries no sign', () => {
    expect(decimal(-1.5, 1)).toBe('−1.5')
    expect(signed(0.004, 2)).toBe('0.00')
    expect(signed(-0.004, 2)).toBe('0.00')
    expect(signed(1.839, 2)).toBe('+1.84')
  })

  test.each([
    [7, '7'],
    [1432, '1,432'],
    [-53_912, '−53,912'],
    [1_276_810, '1,276,810'],
  ])('%d is counted as %s', (value, shown) => expect(count(value)).toBe(shown))

  test('sizes and speeds keep the digits that say something', () => {
    expect(short(109_386)).toBe('109 k')
    expect(short(1_276_810)).toBe('1.3 M')
    expect(short(999_700)).toBe('1.0 M')
    expect(megabytes(437_544)).toBe('0.44')
    expect(megabytes(4840)).toBe('0.0048')
    expect(latency(0.0523)).toBe('0.0523')
    expect(latency(11.93)).toBe('11.9')
    expect(times(11.67)).toBe('12')
    expect(times(3.49)).toBe('3.5')
    expect([6.64, 40, 999.96, 1250.3].map(epochNumber)).toEqual(['6.6', '40', '1,000', '1,250'])
  })

  test.each([
    [300, '1 s'],
    [42_000, '40 s'],
    [95_000, '2 min'],
    [38 * 60_000, '38 min'],
    [110 * 60_000, '1 h 50 min'],
    [119 * 60_000, '2 h'],
  ])('%d ms is about %s', (ms, shown) => expect(duration(ms)).toBe(shown))

  test('a margin is named in the unit of its metric', () => {
    expect(marginAmount('accuracy', 0.01)).toBe('1 point')
    expect(marginAmount('accuracy', 0.005)).toBe('0.5 points')
    expect(marginAmount('nll', 0.02)).toBe('0.02 nat')
  })

  test('lists read as sentences do', () => {
    expect(listed(['a'])).toBe('a')
    expect(listed(['a', 'b', 'c'])).toBe('a, b and c')
  })
})

test('near moments are told in words', () => {
  const now = new Date(2026, 10, 24, 15, 0).getTime()
  expect(nearTime(now - 20_000, now)).toBe('just now')
  expect(nearTime(now - 5 * 60_000, now)).toBe('5 min ago')
  expect(nearTime(new Date(2026, 10, 24, 9, 5).getTime(), now)).toBe('today, 09:05')
  expect(nearTime(new Date(2026, 10, 23, 23, 59).getTime(), now)).toBe('yesterday')
  expect(nearTime(new Date(2025, 0, 2).getTime(), now)).toBe('2 Jan 2025')
})

const experiment: ExperimentSummary = {
  id: 'e',
  question: 'Does distilling an MLP 800-800 make an MLP 128-64 better on MNIST?',
  demonstration: true,
  data: 'MNIST',
  teacher: 'MLP 800-800',
  student: 'MLP 128-64',
  status: 'finished',
  launchedAt: 0,
  endedAt: 1,
  wordless: false,
  seedsPerArm: 8,
  primaryMetric: 'accuracy',
  margin: 0.01,
  seedsIn: 8,
  comparisons: 4,
  runsTotal: 41,
  runsEnded: 41,
  runsDiverged: 0,
  runsFailed: 0,
  left: null,
  words: [{ word: 'helped', arms: ['Soft targets'] }],
  noWord: null,
  unreadable: null,
  spark: null,
}

describe('the list of experiments', () => {
  const open = { ...experiment, words: [{ word: 'inconclusive' as const, arms: ['Soft targets'] }] }
  const running = { ...experiment, status: 'running' as const, words: [] }

  test('an experiment is decided when a word settles something', () => {
    expect(stateOf(experiment)).toBe('decided')
    expect(stateOf(open)).toBe('open')
    expect(stateOf(running)).toBe('running')
    expect(countStates([experiment, open, running])).toEqual({ all: 3, running: 1, decided: 1, open: 1 })
  })

  test('the search finds all of its words, in question, models, arms and tags', () => {
    expect(filterExperiments([experiment], 'all', 'mnist SOFT')).toHaveLength(1)
    expect(filterExperiments([experiment], 'all', 'demonstration')).toHaveLength(1)
    expect(filterExperiments([experiment], 'all', 'mnist digits')).toHaveLength(0)
    expect(filterExperiments([experiment], 'running', '')).toHaveLength(0)
  })

  test('trouble is told with what it does to the result', () => {
    expect(troubleText({ runsTotal: 9, runsDiverged: 3, runsFailed: 0 })).toBe(
      '3 of 9 runs diverged, counted as an even guess.',
    )
    expect(troubleText(experiment)).toBeNull()
  })
})

describe('all figures', () => {
  const arm = (id: string, role: ArmView['role']): ArmView => ({
    id,
    role,
    method: role === 'teacher' ? 'teacher' : 'scratch',
    label: id,
    shorter: [],
    detail: '',
    slot: null,
  })
  const figures = (armId: string, over: Partial<ArmFigures> = {}): ArmFigures => ({
    armId,
    parameters: 109_386,
    sizeBytes: 437_544,
    macs: 109_184,
    steps: 1250,
    epochs: 40,
    finished: 8,
    diverged: 0,
    metrics: {
      'test/accuracy': { mean: 0.9322, half: 0.0027, n: 8 },
      'gap/accuracy': { mean: -0.004, half: 0.001, n: 8 },
      'test/agreement': { mean: 1, half: null, n: 1 },
    },
    latency: null,
    ...over,
  })
  const arms = [arm('teacher', 'teacher'), arm('soft', 'distillation'), arm('control', 'control')]
  const helped = { arm: 'soft', metric: 'accuracy', word: 'helped', provisional: false } as SaidComparison
  const groups = (comparison: SaidComparison) =>
    figureGroups(
      { figures: arms.map(({ id }) => figures(id)), comparisons: [comparison], secondary: [] },
      arms,
    )
  const cells = (comparison: SaidComparison) =>
    groups(comparison).find(({ name }) => name === 'Distilled')?.rows[0]?.cells

  test('stand in groups, without those that have no arm', () => {
    expect(groups(helped).map(({ name }) => name)).toEqual(['Reference', 'Distilled'])
  })

  test('are percent with their half interval, and a missing one is a dash', () => {
    expect(cells(helped)?.accuracy).toMatchObject({ value: '93.22', spread: '±0.27' })
    expect(cells(helped)?.gap.value).toBe('−0.4')
    expect(cells(helped)?.nll).toMatchObject({ value: '–', spread: null })
    expect(cells(helped)?.latency.value).toBe('–')
  })

  test('that round to zero carry no sign', () => {
    const zero = figures('soft', { metrics: { 'gap/accuracy': { mean: -0.0003, half: null, n: 8 } } })
    const [group] = figureGroups({ figures: [zero], comparisons: [], secondary: [] }, arms)
    expect(group?.rows[0]?.cells.gap.value).toBe('0.0')
  })

  const evaluated = (
    checkpoint: Protocol['checkpoint'],
    teacherStops: boolean,
  ): Pick<Protocol, 'checkpoint' | 'teacher'> => ({
    checkpoint,
    teacher: {
      network: { kind: 'mlp', hidden: [32], dropout: 0 },
      training: {
        steps: 100,
        batchSize: 32,
        optimizer: { name: 'sgd', momentum: 0, weightDecay: 0 },
        learningRate: 0.1,
        schedule: 'constant',
        ...(teacherStops ? { earlyStop: { metric: 'nll', everySteps: 10, patience: 2 } } : {}),
      },
      seed: 1001,
    },
  })

  test('say over how many seeds they are means', () => {
    const remark = (over: Partial<ArmFigures>, plannedSeeds = 8): string =>
      figuresRemark(
        {
          state: 'decided',
          outlook: null,
          plannedSeeds,
          figures: [figures('teacher', { finished: 1 }), figures('control', over)],
        },
        evaluated('last', false),
      )
    expect(remark({})).toMatch(/^Mean over 8 seeds ±/)
    expect(remark({ finished: 7 })).toMatch(/^Mean over those of the 8 planned seeds that have the figure ±/)
    expect(remark({ finished: 7, diverged: 1 })).toMatch(/^Mean over those of/)
    expect(remark({ finished: 1 }, 1)).toMatch(/^One seed, so without an interval/)
  })

  test('say which step of a run is evaluated', () => {
    const seeds = {
      state: 'decided' as const,
      outlook: null,
      plannedSeeds: 1,
      figures: [figures('control', { finished: 1 })],
    }
    const remark = (...args: Parameters<typeof evaluated>) => figuresRemark(seeds, evaluated(...args))
    expect(remark('last', false)).toMatch(/Test set, last step\.$/)
    expect(remark('best-on-validation', true)).toMatch(/Test set, best step on validation\.$/)
    expect(remark('last', true)).toMatch(/Test set, last step, teacher: best on validation\.$/)
    expect(remark('best-on-validation', false)).toMatch(
      /Test set, best step on validation, teacher: last step\.$/,
    )
  })

  test('are bold only where decided', () => {
    expect(cells(helped)?.accuracy.decided).toBe(true)
    expect(cells(helped)?.agreement.decided).toBe(false)
    expect(cells({ ...helped, provisional: true })?.accuracy.decided).toBe(false)
    expect(cells({ ...helped, word: 'inconclusive' })?.accuracy.decided).toBe(false)
  })

  test('the teacher does not agree with itself', () => {
    expect(groups(helped)[0]?.rows[0]?.cells.agreement.value).toBe('–')
  })
})

test('endings are counted by kind', () => {
  const cell = (status: RunCell['status']): RunCell => ({ runId: status, seed: 1, status, progress: null })
  expect(endings({ progress: [{ armId: 'a', cells: [cell('finished')] }] })).toBe('No failed or diverged run')
  expect(endings({ progress: [{ armId: 'a', cells: [cell('diverged'), cell('failed')] }] })).toBe(
    '1 diverged and 1 failed of 2 runs',
  )
})

test('the state of the cores is one short sentence', () => {
  const machine = { supervisor: 'running' } as Parameters<typeof workersSentence>[0]['machine']
  const busy = { kind: 'train' } as Parameters<typeof workersSentence>[0]['slots'][number]['current']
  const slots = [
    { index: 0, current: busy },
    { index: 1, current: null },
  ]
  expect(workersSentence({ machine, slots })).toEqual({ text: '1 of 2 cores training', busy: true })
  expect(workersSentence({ machine: { ...machine, supervisor: 'stopped' }, slots }).text).toBe(
    'Workers stopped',
  )
})

describe('prepareSpark', () => {
  test('writes the last value of the distilled arm in percent', () => {
    const drawing = prepareSpark(
      { arm: [0.5, 0.929], control: [0.5], teacher: 0.98 },
      { width: 150, height: 40, right: 34 },
    )
    expect(drawing?.last.text).toBe('92.9')
    expect(drawing?.arm.startsWith('M')).toBe(true)
    expect(drawing?.teacherY).toBeLessThan(drawing?.last.y ?? 0)
  })

  test('draws nothing before there is a value', () => {
    expect(
      prepareSpark({ arm: [], control: [], teacher: null }, { width: 150, height: 40, right: 34 }),
    ).toBeNull()
  })
})

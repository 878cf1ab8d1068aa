import { recoveredText } from '../../../core/wording/recovered-text.ts'
import { describe, expect, test } from 'vitest'
import { primaryItems, smoothingItems, teacherItems } from '../../../app/_charts/forest/forest-items.ts'
import { prepareForest } from '../../../app/_charts/forest/prepare-forest.ts'
import { prepareRecovered } from '../../../app/_charts/forest/prepare-recovered.ts'
import {
  asksMore,
  barsText,
  looksText,
  regulariserText,
  secondaryText,
  seedsNeeded,
} from '../../../app/_features/verdict/question-texts.ts'
import { extendRefusal } from '../../../app/_features/verdict/extend-refusal.ts'
import { uncertainties } from '../../../app/_features/verdict/uncertainty.ts'
import type { TeacherWord } from '../../../core/contracts/verdict.ts'
import {
  armsOfPage as arms,
  comparisonOf,
  figuresOf,
  pageOf,
  planningOf,
  teacherComparisonOf,
} from '../../support/verdict-page.ts'

const primary = (over: Parameters<typeof comparisonOf>[0]) =>
  prepareForest({
    metric: 'accuracy',
    margin: 0.01,
    teacherDifference: null,
    items: primaryItems([comparisonOf(over)], arms),
  })
const provisional = {
  provisional: true,
  word: null,
  reason: 'not all seeds',
  seeds: 5,
  liveBand: [0.001, 0.036],
} as const

describe('the forest while seeds are missing', () => {
  test('draws the live band around the interval and says it in words', () => {
    const row = primary({ ...provisional, liveBand: [0.001, 0.036] }).rows[0]
    expect(row?.live).toBe('+0.10 to +3.60')
    expect(row?.marks?.live?.from).toBeLessThan(row?.marks?.thin?.from ?? 0)
    expect(row?.marks?.live?.to).toBeGreaterThan(row?.marks?.thin?.to ?? 100)
    expect(row).toMatchObject({ tag: 'provisional, 5 of 8 seeds', remark: '', hollow: true })
  })

  test('says from which seed there is a band where it is infinite so far', () => {
    const row = primary({ ...provisional, liveBand: null, liveFrom: 5 }).rows[0]
    expect(row?.remark).toBe('no band before seed 5')
    expect(row?.marks?.live).toBeNull()
  })

  test('draws the point alone of an arm with one seed, which would else look the surest', () => {
    const row = primary({ ...provisional, seeds: 1, liveBand: null, liveFrom: 5 }).rows[0]
    expect(row?.remark).toBe('one seed: no interval yet')
    expect(row).toMatchObject({ interval: '', alone: '' })
    expect(row?.marks).toMatchObject({ thick: null, thin: null, live: null })
    expect(row?.marks?.point).toBeGreaterThan(0)
  })

  test('keeps the interval over examples of a single planned seed', () => {
    const row = primary({ seeds: 1, plannedSeeds: 1, seedVariance: null, word: null, reason: 'one seed' })
      .rows[0]
    expect(row?.marks?.thin).not.toBeNull()
    expect(row?.interval).not.toBe('')
  })

  test('a decided row has no band, whatever the data hold', () => {
    expect(primary({ liveBand: [-0.5, 0.5] }).rows[0]?.marks?.live).toBeNull()
  })
})

test('A row says its level where the looks share alpha, and only there', () => {
  const look = { index: 0, of: 2, seeds: 5, alpha: 0.02 }
  expect(primary({ look }).rows[0]?.level).toBe('98 %, look 1')
  expect(primary({}).rows[0]?.level).toBe('')
})

test('A note of the figures follows what the word says', () => {
  expect(primary({ note: 'seed spread floored' }).rows[0]?.remark).toBe(
    'by at least the 1-point margin; seed spread floored',
  )
})

describe('the forest of "Is it the teacher?"', () => {
  const figures = [
    figuresOf('soft', { 'test/accuracy': 0.932 }),
    figuresOf('smoothing', { 'test/accuracy': 0.915 }),
  ]
  const around = { arms, figures, metric: 'accuracy' } as const
  const against = (id: string) => comparisonOf({ against: id, family: 'teacher-or-smoothing' })

  test('names both means under the method', () => {
    expect(smoothingItems([against('smoothing')], around)[0]?.detail).toBe('93.2 % against 91.5 %')
  })

  test('does not set means over other seeds beside the difference', () => {
    const fewer = [figuresOf('soft', { 'test/accuracy': 0.932 }, 10), ...figures.slice(1)]
    const [item] = smoothingItems([against('smoothing')], { ...around, figures: fewer })
    expect(item?.detail).toBe('detail of soft')
  })

  test('groups its rows only where there are several regularisation controls', () => {
    const one = smoothingItems([against('smoothing')], around)
    expect(one[0]?.group).toBeNull()
    const two = prepareForest({
      metric: 'accuracy',
      margin: 0.01,
      teacherDifference: null,
      items: smoothingItems([against('smoothing'), against('hard'), against('hard')], around),
    })
    expect(two.rows.map(({ heading }) => heading)).toEqual([
      'Against label smoothing',
      'Against hard labels',
      null,
    ])
    expect(regulariserText(['smoothing'], arms)).toBe('label smoothing')
  })

  test('marks an exploratory row with a tag and the rest of the reason', () => {
    const [item] = smoothingItems([comparisonOf({ word: null, noWord: { why: 'exploratory' } })], around)
    expect(item).toMatchObject({
      tag: 'exploratory',
      remark: 'the protocol declared no margin for it',
      word: null,
    })
  })
})

describe('the forest of "As good as the teacher?"', () => {
  const around = { arms, figures: [], metric: 'accuracy' } as const

  test.each<[TeacherWord, string, boolean]>([
    ['better', 'helped', false],
    ['as good', 'same', false],
    ['worse', 'hurt', false],
    ['not shown', 'open', true],
  ])('%s has the tone of %s', (word, tone, hollow) => {
    const forest = prepareForest({
      metric: 'accuracy',
      margin: 0.01,
      teacherDifference: null,
      items: teacherItems([teacherComparisonOf({ word })], around),
    })
    expect(forest.rows[0]).toMatchObject({ word, tone, hollow })
  })

  test('counts seeds instead of a word while they are missing', () => {
    const [item] = teacherItems([teacherComparisonOf({ provisional: true, seeds: 5 })], around)
    expect(item).toMatchObject({ word: null, tag: 'provisional, 5 of 8 seeds' })
  })
})

describe('the share of the teacher’s gain', () => {
  test('is drawn from the control at 0 to the teacher at 100 %', () => {
    const strip = prepareRecovered([teacherComparisonOf()], arms)
    const [row] = strip?.rows ?? []
    expect(row).toMatchObject({ label: 'Soft targets', estimate: '70 %', interval: '54 to 87', reason: '' })
    expect(row?.point).toBeGreaterThan(strip?.control ?? 100)
    expect(row?.point).toBeLessThan(strip?.teacher ?? 0)
  })

  test('is a text where it is not estimable, also where there is an estimate', () => {
    const open = {
      estimate: 4.2,
      interval: null,
      none: 'teacher-not-shown' as const,
    }
    const strip = prepareRecovered([teacherComparisonOf(), teacherComparisonOf({ recovered: open })], arms)
    expect(strip?.rows[1]).toMatchObject({
      point: null,
      bar: null,
      estimate: '–',
      reason: recoveredText(open),
    })
    expect(prepareRecovered([teacherComparisonOf({ recovered: open })], arms)).toBeNull()
  })

  test('an interval beyond the axis ends in an arrow and keeps its figures', () => {
    const wide = { estimate: 0.5, interval: [-40, 60], none: null } as const
    const [row] =
      prepareRecovered([teacherComparisonOf({ recovered: { ...wide, interval: [-40, 60] } })], arms)?.rows ??
      []
    expect(row?.bar).toMatchObject({ from: 0, to: 100, beyondLeft: true, beyondRight: true })
    expect(row?.interval).toBe('−4000 to 6000')
  })
})

describe('the texts around the forest', () => {
  const looks = [
    { seeds: 5, alpha: 0.02, state: 'taken' },
    { seeds: 10, alpha: 0.03, state: 'planned' },
  ] as const

  test('one look is not told', () => {
    expect(looksText(pageOf())).toBe('')
    expect(barsText(pageOf())).toMatch(/^Thick: 95 % for one method alone\. Thin: 95 % for all 4 together;/)
  })

  test('several looks are told with what they spend, and rows carry their level', () => {
    const page = pageOf({ looks: [...looks], continuation: 'on-request' })
    expect(looksText(page)).toBe(
      'Look 1 of 2 taken at 5 seeds, spends 0.02 of the alpha of 0.05; look 2 planned at 10 seeds, spends 0.03. The seeds of a further look are added when somebody asks for them.',
    )
    expect(barsText(page)).toMatch(/^Thick: for one method alone.*at the level that its look spends/)
  })

  test('a look that was cut short says so, and no further one is offered', () => {
    const cut = [
      { ...looks[0], state: 'cut short' },
      { ...looks[1], state: 'not needed' },
    ] as const
    const text = looksText(pageOf({ looks: [...cut], continuation: 'on-request' }))
    expect(text).toMatch(/^Look 1 of 2 was cut short at 5 seeds; look 2 not needed/)
    expect(text).not.toContain('asks for them')
  })

  test('side questions wait for words', () => {
    expect(asksMore(pageOf())).toBe(true)
    expect(asksMore(pageOf({ state: 'stopped', comparisons: [] }))).toBe(true)
    const early = comparisonOf(provisional as Parameters<typeof comparisonOf>[0])
    expect(asksMore(pageOf({ state: 'provisional', comparisons: [early] }))).toBe(false)
    expect(asksMore(pageOf({ state: 'provisional', comparisons: [early, comparisonOf()] }))).toBe(true)
    expect(secondaryText(0.05)).toBe('secondary, 5 % for this question')
  })

  test('seeds needed are told for every undecided method and for no other', () => {
    const open = comparisonOf({ arm: 'hard', word: 'inconclusive', planning: planningOf() })
    const found = seedsNeeded(pageOf({ comparisons: [comparisonOf({ planning: planningOf() }), open] }), arms)
    expect(found).toHaveLength(1)
    expect(found[0]?.label).toBe('Hard labels')
    expect(found[0]?.text).toMatch(/^14 to 19 seeds per arm in all to see 1 point in 4 cases of 5/)
  })
})

test('Seeds that somebody else added are no failure; anything else is told with its reason', () => {
  expect(extendRefusal({ message: 'This experiment is still running.', data: { code: 'CONFLICT' } })).toEqual(
    {
      already: true,
      text: 'The seeds were added already.',
    },
  )
  const failed = { message: 'The disk is full.', data: { code: 'INTERNAL_SERVER_ERROR' } }
  expect(extendRefusal(failed)).toEqual({
    already: false,
    text: 'No seeds were added: The disk is full.',
  })
})

describe('the share of the uncertainty', () => {
  const of = (over: Parameters<typeof comparisonOf>[0]) =>
    uncertainties(pageOf({ comparisons: [comparisonOf({ planning: planningOf(), ...over })] }), arms)

  test('adds up, and names what shrinks each part', () => {
    const [one] = of({ word: 'inconclusive' })
    expect(one?.title).toBe('Why soft targets is undecided')
    expect(one?.shares.map(({ percent }) => percent)).toEqual(['68 %', '12 %', '20 %'])
    expect(one?.shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
    expect(one?.text).toMatch(/0\.78 points .* More seeds are the remedy/)
  })

  test('in whole percents adds up to 100, whatever the parts', () => {
    const percents = (seed: number, noise: number, testSet: number) =>
      of({ planning: planningOf({ budget: { seed, noise, testSet } }) })[0]?.shares.map(
        ({ percent }) => percent,
      )
    expect(percents(59.6, 17.7, 22.7)).toEqual(['59 %', '18 %', '23 %'])
    expect(percents(1, 1, 1)).toEqual(['34 %', '33 %', '33 %'])
    expect(percents(0.29, 0.57, 0.14)).toEqual(['29 %', '57 %', '14 %'])
    expect(percents(0.1, 49.9, 50)).toEqual(['< 1 %', '50 %', '50 %'])
    expect(percents(0, 0, 7)).toEqual(['0 %', '0 %', '100 %'])
  })

  test('offers test examples where seeds would not do', () => {
    const [floor] = of({ word: 'inconclusive', planning: planningOf({ testSetFactor: 1.9 }) })
    expect(floor?.text).toMatch(/no number of seeds suffices/)
    const budget = { seed: 1, noise: 1, testSet: 3 }
    const [mostly] = of({ word: 'inconclusive', planning: planningOf({ budget }) })
    expect(mostly?.text).toMatch(/More test examples would help most/)
  })

  test('says nothing where one seed tells nothing or nothing varies', () => {
    expect(of({ planning: planningOf({ budget: null }) })).toEqual([])
    expect(of({ planning: planningOf({ budget: { seed: 0, noise: 0, testSet: 0 } }) })).toEqual([])
  })
})

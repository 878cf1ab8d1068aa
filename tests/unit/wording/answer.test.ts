import { readInterval } from '../../../core/judging/word.ts'
import { describe, expect, test } from 'vitest'
import type { VerdictWord } from '../../../core/contracts/verdict.ts'
import type { SaidComparison } from '../../../core/wording/say-comparison.ts'
import { answer, type AnswerInput } from '../../../core/wording/answer.ts'
import { scopeText } from '../../../core/wording/scope.ts'
import { verdictMarkdown } from '../../../core/wording/verdict-markdown.ts'
import { oneLook } from '../../support/comparison.ts'
import { plainAnswer } from '../../support/texts-input.ts'

const comparison = (
  arm: string,
  word: VerdictWord | null,
  changes: Partial<SaidComparison> = {},
): SaidComparison => {
  const ends: Record<VerdictWord, [number, number]> = {
    helped: [0.012, 0.025],
    hurt: [-0.019, -0.004],
    'no practical difference': [-0.005, 0.007],
    inconclusive: [-0.004, 0.017],
  }
  const [low, high] = ends[word ?? 'inconclusive']
  return {
    arm,
    against: 'scratch',
    family: 'primary',
    metric: 'accuracy',
    paired: true,
    estimate: (low + high) / 2,
    seedVariance: 1e-6,
    exampleVariance: 1e-6,
    degreesOfFreedom: 7,
    exampleDegreesOfFreedom: 9999,
    individual: [low + 0.001, high - 0.001],
    simultaneous: [low, high],
    word,
    note: null,
    reason: word === null ? '2 seeds cannot decide' : null,
    sentence: `${arm} was compared.`,
    margin: 0.01,
    corrected: 4,
    groups: null,
    controlSeeds: 8,
    reading: word === null ? null : readInterval([low, high], 0.01),
    noWord: word === null ? { why: 'too-few-seeds', seeds: 2 } : null,
    notes: [],
    seeds: 8,
    plannedSeeds: 8,
    examples: 10_000,
    provisional: false,
    qualifier: 'a remark',
    perSeed: [],
    droppedSeeds: [],
    divergedSeeds: [],
    ...oneLook,
    ...changes,
  }
}

const input = (comparisons: SaidComparison[], changes: Partial<AnswerInput> = {}): AnswerInput => ({
  comparisons,
  roles: { smooth: 'regularisation', soft: 'distillation', dkd: 'distillation', fit: 'distillation' },
  labels: { smooth: 'Label smoothing', soft: 'Soft targets', dkd: 'Decoupled (DKD)', fit: 'FitNet hints' },
  ...plainAnswer,
  ...changes,
})

const headline = (...words: [arm: string, word: VerdictWord | null][]): string =>
  answer(input(words.map(([arm, word]) => comparison(arm, word)))).headline

describe('the headline', () => {
  test('before the planned seeds it is too early to say', () => {
    const early = input([comparison('soft', null)], { state: 'provisional', seedsIn: 5 })
    expect(answer(early).headline).toBe('Too early to say. 5 of 8 planned seeds are in.')
    expect(answer({ ...early, seedsIn: 1 }).headline).toBe('Too early to say. 1 of 8 planned seeds is in.')
    expect(answer({ ...early, state: 'waiting', seedsIn: 0 }).headline).toBe(
      'Too early to say. None of the 8 planned seeds is in.',
    )
    expect(answer(early).text).not.toMatch(/helped|hurt/)
  })

  test('a stopped experiment has no verdict', () => {
    const cut = answer(input([comparison('soft', null)], { state: 'stopped', seedsIn: 5, cancelled: true }))
    expect(cut.headline).toBe('No verdict: stopped at 5 of 8 planned seeds.')
    expect(cut.text).toBe(
      'The experiment was cancelled before its planned end. The intervals are descriptive.',
    )
    const one = input(
      [comparison('soft', 'helped'), comparison('fit', null, { reason: 'stopped at 7 of 8 planned seeds' })],
      { state: 'stopped', seedsIn: 7 },
    )
    expect(answer(one).headline).toMatch(/^Yes, with one of the two distillation methods/)
    expect(answer(one).text).toContain('No verdict for FitNet hints: stopped at 7 of 8 planned seeds.')
  })

  test('runs that were cancelled one by one are no experiment that was', () => {
    const arms = [{ arm: 'soft', why: 'control-stopped' as const }]
    const cut = answer(
      input([comparison('soft', null, { reason: 'stopped at 2 of 8 planned seeds' })], {
        state: 'stopped',
        seedsIn: 2,
        wordless: { arms, all: true },
      }),
    )
    expect(cut.headline).toBe(
      'No verdict: a run of the control was cancelled, and every arm is compared with all of its seeds.',
    )
    expect(cut.text).not.toContain('experiment')
  })

  test('it is not too early to say when nothing more will come', () => {
    const none = [comparison('soft', null, { provisional: true, estimate: null })]
    for (const state of ['waiting', 'provisional'] as const) {
      const arms = [{ arm: 'soft', why: 'control-stopped' as const }]
      const found = answer(input(none, { state, seedsIn: 1, wordless: { arms, all: true } }))
      expect(found.headline).toBe(
        'No verdict will come: a run of the control was cancelled, and every arm is compared with all of its seeds.',
      )
    }
  })

  test('an arm that can get no word any more is named while the others go on', () => {
    const arms = [{ arm: 'fit', why: 'stopped' as const }]
    const found = answer(
      input([comparison('soft', null, { provisional: true }), comparison('fit', null)], {
        state: 'provisional',
        seedsIn: 1,
        wordless: { arms, all: false },
      }),
    )
    expect(found.headline).toMatch(/^Too early to say/)
    expect(found.text).toContain('No verdict will come for FitNet hints: a run was cancelled.')
  })

  test('yes names the methods that helped', () => {
    const better = 'made the student more accurate than the same student trained alone.'
    expect(
      headline(['smooth', 'helped'], ['soft', 'helped'], ['dkd', 'helped'], ['fit', 'inconclusive']),
    ).toBe(`Yes, with two of the three distillation methods. Soft targets and decoupled (DKD) ${better}`)
    expect(headline(['soft', 'helped'], ['fit', 'helped'])).toBe(
      `Yes, with both distillation methods. Soft targets and FitNet hints ${better}`,
    )
    expect(headline(['soft', 'helped'], ['dkd', 'helped'], ['fit', 'helped'])).toContain(
      'Yes, with all three distillation methods.',
    )
    expect(headline(['soft', 'helped'])).toBe(`Yes: soft targets ${better}`)
  })

  test('no says whether nothing happened or harm was done', () => {
    const none = 'no practical difference'
    expect(headline(['soft', none], ['dkd', none], ['fit', none])).toBe(
      'No: none of the three distillation methods made a practical difference.',
    )
    expect(headline(['soft', none])).toBe('No: soft targets made no practical difference.')
    expect(headline(['soft', 'hurt'], ['fit', none])).toBe(
      'No: neither of the two distillation methods helped, and soft targets made the student less accurate than the same student trained alone.',
    )
    expect(headline(['soft', 'hurt'], ['dkd', 'hurt'])).toBe(
      'No: both distillation methods made the student less accurate than the same student trained alone.',
    )
    expect(headline(['soft', 'hurt'])).toBe(
      'No: soft targets made the student less accurate than the same student trained alone.',
    )
  })

  test('a regularisation control never answers for distillation', () => {
    expect(headline(['smooth', 'helped'], ['soft', 'no practical difference'])).toMatch(/^No: soft targets/)
    expect(headline(['smooth', 'helped'])).toBe('No distillation method was tried.')
  })

  test('what is not settled is not called a no', () => {
    expect(headline(['soft', 'inconclusive'], ['fit', 'no practical difference'])).toBe(
      'Not settled: a gain is not shown for either of the two distillation methods.',
    )
    expect(headline(['soft', 'inconclusive'])).toBe('Not settled: a gain from soft targets is not shown.')
    expect(headline(['soft', null], ['fit', 'hurt'])).toMatch(/^Not settled/)
  })

  test('without words it says why', () => {
    expect(headline(['soft', null], ['fit', null])).toBe('No verdict: 2 seeds cannot decide.')
    const mixed = [comparison('soft', null), comparison('fit', null, { reason: 'another' })]
    expect(answer(input(mixed)).headline).toBe('No verdict for either of the two distillation methods.')
  })

  test('NLL is lower, not more accurate', () => {
    const found = answer(
      input([comparison('soft', 'helped', { metric: 'nll', simultaneous: [0.012, 0.03], estimate: 0.021 })], {
        margin: 0.02,
      }),
    )
    expect(found.headline).toBe(
      'Yes: soft targets gave the student a lower NLL than the same student trained alone.',
    )
    expect(found.text).toContain('Soft targets lowered NLL by 0.021 nat (0.012 to 0.030).')
  })
})

describe('the text', () => {
  test('every arm is accounted for', () => {
    const { text } = answer(
      input([
        comparison('smooth', 'no practical difference'),
        comparison('soft', 'helped'),
        comparison('dkd', 'inconclusive'),
        comparison('fit', 'hurt'),
      ]),
    )
    expect(text).toBe(
      'Soft targets gained 1.9 points (1.2 to 2.5), by at least the 1-point margin. FitNet hints cost 1.1 points (0.4 to 1.9). ' +
        'Label smoothing, which needs no teacher, made no practical difference. Decoupled (DKD) is not settled. ' +
        'Intervals are 95 %, corrected for 4 comparisons.',
    )
  })

  test('lists with a regularisation control keep their commas', () => {
    const { text } = answer(
      input([
        comparison('smooth', 'inconclusive'),
        comparison('soft', 'inconclusive'),
        comparison('fit', 'inconclusive'),
      ]),
    )
    expect(text).toContain(
      'Label smoothing, which needs no teacher, soft targets and FitNet hints are not settled.',
    )
  })

  test('where a distillation arm helped, it goes on with whether it is the teacher', () => {
    const smoothing = 'Label smoothing, which needs no teacher, did as well as soft targets.'
    const arms = [comparison('soft', 'helped'), comparison('smooth', 'helped')]
    expect(answer(input(arms, { smoothing })).text).toContain(`Is it the teacher? ${smoothing}`)
    const none = [comparison('soft', 'inconclusive'), comparison('smooth', 'helped')]
    expect(answer(input(none, { smoothing })).text).not.toContain('Is it the teacher?')
  })

  test('while open arms go on to a further look, the words of the first look stand', () => {
    const arms = [comparison('soft', 'helped'), comparison('dkd', null, { provisional: true })]
    const found = answer(input(arms, { state: 'provisional', plannedSeeds: 10, seedsIn: 9 }))
    expect(found.headline).toBe('Not finished: one of 2 arms goes on to 10 seeds.')
    expect(found.text).toContain('Soft targets gained')
    expect(found.text).not.toContain('dkd')
  })

  test('arms without a word are named with the reason', () => {
    const { text } = answer(input([comparison('soft', 'helped'), comparison('fit', null)]))
    expect(text).toContain('No verdict for FitNet hints: 2 seeds cannot decide.')
  })

  test('it claims nothing that the intervals do not carry', () => {
    const words: (VerdictWord | null)[] = ['helped', 'hurt', 'no practical difference', 'inconclusive', null]
    for (const a of words) {
      for (const b of words) {
        const found = answer(input([comparison('smooth', a), comparison('soft', b)]))
        expect(`${found.headline} ${found.text}`).not.toMatch(
          /significant|best|winner|no effect|!|undefined|NaN|,,/,
        )
      }
    }
  })
})

describe('scopeText', () => {
  const labels = { perSeed: 2000, subset: 'per-seed' as const }
  const notCovered = 'Not covered: another data set, another training split, another teacher, another tuning.'

  test('it says what is covered and what is not', () => {
    expect(scopeText({ paired: true, seeds: 8, examples: 10_000, labels })).toBe(
      `For networks trained this way, on data like this test set (8 paired seeds, 10,000 test examples); every seed draws its own 2,000 labelled examples. ${notCovered}`,
    )
    expect(
      scopeText({ paired: false, seeds: 4, examples: 300, labels: { perSeed: 500, subset: 'fixed' } }),
    ).toBe(
      `For networks trained this way, on data like this test set (4 unpaired seeds, 300 test examples), with these 500 labelled examples. ${notCovered}`,
    )
  })

  test('it says of how many groups the test examples are', () => {
    const scope = scopeText({ paired: true, seeds: 8, examples: 4_000, groups: 3_762, labels })
    expect(scope).toContain('(8 paired seeds, 4,000 test examples in 3,762 groups of equal inputs)')
  })

  test('one seed is about two networks', () => {
    expect(scopeText({ paired: true, seeds: 1, examples: 300, labels })).toMatch(
      /^One seed compares these two trained networks only, not the method/,
    )
  })
})

describe('verdictMarkdown', () => {
  const page = {
    question: 'Does it\nwork?',
    data: 'MNIST',
    headline: 'Yes.',
    text: 'Because.',
    scope: 'Scope.',
    margin: 0.01,
    alpha: 0.05,
    corrected: 2,
    protocolHash: '0123456789abcdef0123',
    labels: { soft: 'Soft | targets', fit: 'FitNet hints' },
    comparisons: [
      comparison('soft', 'helped', { note: 'seed spread floored' }),
      comparison('fit', null, {
        estimate: null,
        individual: null,
        simultaneous: null,
        seeds: 0,
        qualifier: 'no seeds',
      }),
    ],
  }

  test('it holds answer, table, sentences, scope and protocol', () => {
    expect(verdictMarkdown(page).split('\n')).toEqual([
      '## Does it work?',
      '',
      '**Yes.**',
      '',
      'Because.',
      '',
      '| Method | Difference in accuracy | 95 %, alone | 95 %, jointly | Seeds | Verdict | Remark |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| Soft \\| targets | +1.85 points | +1.30 to +2.40 | +1.20 to +2.50 | 8 | helped | a remark; seed spread floored |',
      '| FitNet hints | – | – | – | 0 | no word | no seeds |',
      '',
      '- soft was compared.',
      '- fit was compared.',
      '',
      'Data MNIST. Margin ±1 point of test accuracy, alpha 0.05 over 2 comparisons.',
      '',
      'Scope.',
      '',
      'Protocol 0123456789abcdef, frozen before the first test figure was seen.',
      '',
    ])
  })

  test('what people wrote stays text: no marks, links, cells, HTML, breaks or turned direction', () => {
    const written = '`a` *b* _c_ [d](https://e) <img src=x> |f| ~g~ &lt; #1 $h$\u202Ei\r\nj\u2028k\\'
    const shown =
      '\\`a\\` \\*b\\* \\_c\\_ \\[d\\](https://e) \\<img src=x\\> \\|f\\| \\~g\\~ \\&lt; \\#1 \\$h\\$i j k\\\\'
    const lines = verdictMarkdown({
      ...page,
      question: written,
      text: written,
      scope: written,
      remark: written,
      data: written,
      labels: { soft: written, fit: 'FitNet hints' },
    }).split('\n')
    expect(lines).toHaveLength(22)
    expect(lines[0]).toBe(`## ${shown}`)
    expect(lines[4]).toBe(shown)
    expect(lines[8]).toContain(`| ${shown} | +1.85`)
    expect(lines[14]).toContain(`Data ${shown}. Margin`)
    expect(lines[16]).toBe(shown)
  })

  test('NLL is shown as an improvement in nats', () => {
    const text = verdictMarkdown({ ...page, comparisons: [comparison('soft', 'helped', { metric: 'nll' })] })
    expect(text).toContain('| Method | Improvement in NLL |')
    expect(text).toContain('nat | ')
  })
})

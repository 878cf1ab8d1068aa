import { describe, expect, test } from 'vitest'
import { claims } from '../../../app/_features/claims/claims.ts'
import { claimsFootnote } from '../../../app/_features/claims/claims-footnote.ts'
import { claimsHeadline } from '../../../app/_features/claims/claims-headline.ts'
import type { Claim } from '../../../app/_features/claims/claim.ts'
import type { ClaimsPage } from '../../../core/contracts/claims.ts'
import { claimsPage, compared, emptyPage, figures } from '../../support/claims-page.ts'

const claim = (page: ClaimsPage, key: string): Claim => {
  const found = claims(page).find((one) => one.key === key)
  if (found === undefined) throw new Error(`There is no claim ${key}.`)
  return found
}
const tags = (page: ClaimsPage, key: string): string[] => claim(page, key).tags.map(({ text }) => text)
const headline = (page: ClaimsPage): string => claimsHeadline(page, claims(page))

describe('the headline', () => {
  test('counts what shows, and says what does not, what stays open and what was not tested', () => {
    expect(headline(claimsPage())).toBe(
      'Of eight things that are said about distillation, five show here for soft targets, one of them only because the network is smaller. The student costs more and loses some of what the control knew about class 1. One was not tested.',
    )
  })

  test('names open questions and those without a word apart', () => {
    const page = claimsPage({
      accuracy: compared('accuracy', { word: 'inconclusive' }),
      gap: compared('gap', { word: null, reason: 'exploratory' }),
    })
    expect(headline(page)).toContain('three show here')
    expect(headline(page)).toContain('Not shown: a gain in accuracy. Without a word: the gap.')
  })

  test('claims nothing before the words are read', () => {
    const page = claimsPage({
      state: 'provisional',
      seedsIn: 5,
      accuracy: compared('accuracy', { word: null, reason: 'provisional', provisional: true, seeds: 5 }),
    })
    expect(headline(page)).toBe(
      'Too early to say of soft targets: 5 of 8 planned seeds are in. The figures so far are provisional, no claim has a word.',
    )
    for (const one of claims(page))
      expect(one.tags).toEqual([{ kind: 'outlined', text: 'provisional, 5 of 8 seeds' }])
  })

  test('says of a stopped experiment how far it came', () => {
    const page = claimsPage({
      state: 'stopped',
      seedsIn: 2,
      accuracy: compared('accuracy', { word: null, reason: 'stopped at 2 of 8 planned seeds' }),
    })
    expect(headline(page)).toMatch(
      /^Stopped at 2 of 8 planned seeds, so no question about soft targets has a verdict\. /,
    )
    expect(claim(page, 'accuracy').text).toContain('No word: stopped at 2 of 8 planned seeds.')
  })
})

test('the headline of an arm that was never compared says so, whatever ended its experiment', () => {
  const says = (state: ClaimsPage['state']): string => headline({ ...emptyPage(), state })
  expect(says('waiting')).toBe(
    'Nothing is known of soft targets yet: none of its 8 seeds has been compared with the control. What is counted stands below, the rest follows.',
  )
  const stopped = { ...emptyPage(), state: 'stopped' as const }
  stopped.accuracy = compared('accuracy', {
    estimate: null,
    word: null,
    reason: 'stopped at 0 of 8 planned seeds',
    provisional: false,
  })
  expect(headline(stopped)).toBe(
    'No word: stopped at 0 of 8 planned seeds. Soft targets cannot be compared with the control. What is counted stands below.',
  )
  expect(says('decided')).toMatch(/^No word: no seed has a result\. /)
})

test('of which none shows, the headline says so', () => {
  const page = claimsPage({
    accuracy: compared('accuracy', { word: 'hurt', estimate: -0.02 }),
    nll: compared('nll', { word: 'inconclusive' }),
    brier: compared('brier', { word: 'inconclusive' }),
    gap: compared('gap', { word: 'larger', estimate: -0.02 }),
    speed: null,
    fidelity: { agreement: { mean: -0.02, half: 0.01, n: 8 }, kl: null },
  })
  expect(headline(page)).toContain('none shows here for soft targets. The student is less accurate')
})

describe('a claim', () => {
  test('has a chip for a word of a tested family alone', () => {
    const chips = claims(claimsPage()).flatMap(({ key, tags: own }) =>
      own.flatMap((tag) => (tag.kind === 'chip' ? [[key, tag.text]] : [])),
    )
    expect(chips).toEqual([
      ['accuracy', 'helped'],
      ['size', 'faster'],
      ['gap', 'smaller'],
      ['calibration', 'helped'],
    ])
  })

  test('of accuracy says its amount, interval and margin', () => {
    expect(claim(claimsPage(), 'accuracy').text).toBe(
      'Accuracy **1.8 points higher** (1.2 to 2.5), by at least the 1-point margin.',
    )
    const page = claimsPage({
      accuracy: compared('accuracy', {
        estimate: -0.004,
        simultaneous: [-0.012, 0.005],
        word: 'inconclusive',
        qualifier: 'at most 1 point better',
      }),
    })
    expect(claim(page, 'accuracy').text).toBe(
      'Accuracy **0.4 points lower** (1.2 lower to 0.5 higher), at most 1 point better.',
    )
  })

  test('of size gives the credit to the architecture', () => {
    const { text } = claim(claimsPage(), 'size')
    expect(text).toContain('**4× fewer parameters** than the teacher, 50 k of 200 k')
    expect(text).toContain('0.20 MB of 0.80 MB')
    expect(text).toContain('**3.10× faster** (3.05 to 3.15)')
    expect(text).toContain('the architecture does that, not the teacher.')
  })

  test('of size says when latency was not, or is not yet, measured', () => {
    const page = claimsPage({ speed: null })
    page.figures.arm = figures('soft', { latency: null })
    expect(claim(page, 'size').text).toContain('Latency was not measured.')
    expect(claim(page, 'size').stance).toEqual({ kind: 'no word', says: 'latency' })
    const later = claims(page, 'It is measured later.').find(({ key }) => key === 'size')
    expect(later?.text).toContain('It is measured later.')
  })

  test('of size is refuted by a larger student', () => {
    const page = claimsPage()
    page.figures.arm = figures('soft', { parameters: 400_000 })
    expect(tags(page, 'size')[0]).toBe('2× more parameters')
    expect(headline(page)).toContain('The student is larger than its teacher')
  })

  test('of calibration shows two words where NLL and Brier score differ', () => {
    const page = claimsPage({ brier: compared('brier', { word: 'hurt', estimate: -0.02 }) })
    expect(tags(page, 'calibration')).toEqual(['NLL: helped', 'Brier: hurt'])
    expect(headline(page)).toContain('is calibrated better by one score and worse by the other')
  })

  test('of calibration has the unit and the sign of the Verdict page', () => {
    const page = claimsPage()
    const says = (estimate: number, simultaneous: [number, number]): string => {
      if (page.calibration !== null) page.calibration = { ...page.calibration, estimate, simultaneous }
      return claim(page, 'calibration').text
    }
    expect(says(0.00093, [0.00044, 0.00143])).toContain(
      'The debiased calibration error is 9.3 squared points lower (4.4 to 14.3), without a word.',
    )
    expect(says(-0.00093, [-0.00143, -0.00044])).toContain('9.3 squared points higher (4.4 to 14.3)')
    expect(says(0.0002, [-0.0001, 0.0005])).toContain('2.0 squared points lower (1.0 higher to 5.0 lower)')
  })

  test('of fidelity is not shown by answers alone where the probabilities are further', () => {
    const page = claimsPage()
    page.fidelity.kl = { mean: 0.1, half: 0.01, n: 8 }
    expect(tags(page, 'fidelity')).toEqual(['closer in answers, not in probabilities'])
    page.fidelity.agreement = { mean: 0.01, half: 0.02, n: 8 }
    expect(tags(page, 'fidelity')).toEqual(['no closer shown'])
    page.fidelity.agreement = { mean: 0.01, half: null, n: 1 }
    expect(tags(page, 'fidelity')).toEqual(['one seed, described'])
  })

  test('of cost counts the teacher, once, and says when it was used again', () => {
    const { text } = claim(claimsPage(), 'cost')
    expect(text).toContain('**12 % more time** than the control (+8 to +16 %)')
    expect(text).toContain('The teacher comes first: 11 min and 60 billion more, once for 24 students.')
    const page = claimsPage()
    if (page.cost.teacher !== null) page.cost.teacher.reused = true
    expect(claim(page, 'cost').text).toContain('trained in an earlier experiment and used again')
    page.cost.teacher = null
    expect(tags(page, 'cost')).toEqual(['costs as much'])
  })

  test('of loss names the class whose loss is shown, and what is lost where the teacher errs', () => {
    const { text, picture } = claim(claimsPage(), 'loss')
    expect(text).toContain('Class 1 loses **1.7 points** (0.2 to 3.2).')
    expect(text).toContain('Where it is wrong, on 500, the student is right in 26 %, the control in 33 %')
    expect(picture?.rows.filter(({ strong }) => strong).map(({ label }) => label)).toEqual(['Class 1'])
    const page = claimsPage({
      classes: [
        {
          label: 0,
          examples: 9,
          arm: 1,
          control: 0.9,
          estimate: 0.1,
          interval: null,
          holmP: null,
          shown: null,
        },
      ],
    })
    expect(tags(page, 'loss')).toEqual(['no loss shown, exploratory'])
    expect(claim(page, 'loss').text).toContain('For class 0 there are too few test examples to say.')
  })

  test('of loss claims nothing of a class where the primary question has no word', () => {
    const withheld = { word: null, reason: 'all runs of the control diverged' }
    const page = claimsPage({ accuracy: compared('accuracy', withheld) })
    expect(tags(page, 'loss')).toEqual(['no word'])
    const { text, stance } = claim(page, 'loss')
    expect(text).toMatch(/^By class the difference from the control is −1\.7 \(class 1\) to \+\d/)
    expect(text).toContain('none is called a loss or a gain')
    expect(text).not.toMatch(/loses|gains/)
    expect(stance).toEqual({ kind: 'no word', says: 'what is lost' })
  })

  test('of loss says plainly that all gain, or for how many neither is shown', () => {
    const classOf = (label: number, interval: [number, number], shown: 'gain' | null) => ({
      label,
      examples: 9,
      arm: 1,
      control: 0.9,
      estimate: 0.1,
      interval,
      holmP: 0.01,
      shown,
    })
    const gaining = [classOf(0, [0.1, 0.2], 'gain'), classOf(1, [0.1, 0.2], 'gain')]
    expect(claim(claimsPage({ classes: gaining }), 'loss').text).toMatch(/^\*\*All 2 classes gain\.\*\*/)
    const page = claimsPage({ classes: [...gaining, classOf(2, [-0.1, 0.2], null)] })
    expect(claim(page, 'loss').text).toMatch(
      /^Of 3 classes two gain, for one neither is shown\. \*\*None is shown to lose\.\*\*/,
    )
  })

  test('of an arm without a teacher speaks of none of its own', () => {
    const page = claimsPage({ speed: null })
    page.cost.teacher = null
    page.arm = { ...page.arm, role: 'regularisation', label: 'Label smoothing' }
    page.figures.arm = figures('smoothing', { parameters: 400_000 })
    page.fidelity = { agreement: { mean: -0.02, half: 0.01, n: 8 }, kl: null }
    const all = claims(page)
    expect(JSON.stringify(all)).not.toMatch(/its teacher/i)
    expect(claimsHeadline(page, all)).toMatch(/^Label smoothing needs no teacher\. Of eight things/)
    expect(claimsHeadline(page, all)).toContain('is larger than the teacher')
  })

  test('of labels offers the experiment that would test it, or shows those that did', () => {
    expect(claim(claimsPage(), 'labels').text).toBe(
      'This protocol used 300 of 800 labels. The same arms with 80 labels would test it: 32 runs, about 2 min on this machine.',
    )
    const page = claimsPage()
    page.labels.points.unshift({
      labels: 80,
      estimate: 0.06,
      interval: [0.04, 0.08],
      seeds: 8,
      experiment: { id: 'other', question: 'With 80 labels?' },
    })
    expect(tags(page, 'labels')).toEqual(['gains more with fewer, exploratory'])
    expect(claim(page, 'labels').links).toEqual([{ href: '/experiments/other', label: '80 labels' }])
  })
})

describe('a page without figures', () => {
  test.each(['waiting', 'provisional', 'stopped', 'decided'] as const)(
    'that is %s says so in every claim and draws nothing false',
    (state) => {
      const page = { ...emptyPage(), state }
      for (const one of claims(page)) {
        expect(one.text.length).toBeGreaterThan(20)
        expect(JSON.stringify(one)).not.toMatch(/NaN|Infinity|undefined/)
      }
      expect(claim(page, 'accuracy').picture).toBeNull()
      expect(headline(page)).not.toMatch(/helped|NaN/)
      expect(claimsFootnote(page)).toContain('Against the control, 8 paired seeds')
    },
  )
})

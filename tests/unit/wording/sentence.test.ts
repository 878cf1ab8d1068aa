import { describe, expect, test } from 'vitest'
import { comparisonSentence, type SentenceInput } from '../../../core/wording/sentence.ts'
import { readInterval } from '../../../core/judging/word.ts'

const say = (
  estimate: number,
  simultaneous: [number, number],
  changes: Partial<SentenceInput> = {},
): string => {
  const margin = changes.margin ?? (changes.metric === 'nll' ? 0.02 : 0.01)
  return comparisonSentence({
    label: 'Soft targets',
    against: null,
    metric: 'accuracy',
    margin,
    alpha: 0.05,
    corrected: 5,
    seeds: 8,
    controlSeeds: 8,
    examples: 10_000,
    groups: null,
    look: { index: 0, of: 1 },
    figures: { estimate, simultaneous, examplesOnly: false },
    reading: readInterval(simultaneous, margin),
    reason: '',
    provisional: false,
    diverged: [],
    controlDiverged: [],
    further: [],
    ...changes,
  })
}

const basis = 'corrected for 5 comparisons, 8 seeds, 10,000 test examples'

describe('comparisonSentence', () => {
  test.each<[string, number, [number, number], Partial<SentenceInput>, string]>([
    [
      'helped by the margin',
      0.0184,
      [0.0121, 0.0247],
      {},
      `Soft targets raised accuracy by 1.8 points (95 % interval 1.2 to 2.5, ${basis}), by at least the 1-point margin.`,
    ],
    [
      'helped',
      0.0132,
      [0.0063, 0.0201],
      {},
      `Soft targets raised accuracy by 1.3 points (95 % interval 0.6 to 2.0, ${basis}); whether by 1 point is open.`,
    ],
    [
      'hurt',
      -0.0112,
      [-0.0189, -0.0035],
      {},
      `Soft targets lowered accuracy by 1.1 points (95 % interval 0.4 to 1.9, ${basis}); whether by 1 point is open.`,
    ],
    [
      'hurt by the margin',
      -0.02,
      [-0.028, -0.012],
      {},
      `Soft targets lowered accuracy by 2.0 points (95 % interval 1.2 to 2.8, ${basis}), by at least the 1-point margin.`,
    ],
    [
      'no practical difference',
      0.0012,
      [-0.0047, 0.0071],
      {},
      `Soft targets made no practical difference to accuracy: +0.1 points (95 % interval \u22120.5 to +0.7, ${basis}), within ±1 point either way.`,
    ],
    [
      'a negligible gain',
      0.0034,
      [0.0018, 0.005],
      {},
      `Soft targets made no practical difference to accuracy: +0.3 points (95 % interval +0.2 to +0.5, ${basis}), a real but negligible gain.`,
    ],
    [
      'a negligible loss',
      -0.0034,
      [-0.005, -0.0018],
      {},
      `Soft targets made no practical difference to accuracy: \u22120.3 points (95 % interval \u22120.5 to \u22120.2, ${basis}), a real but negligible loss.`,
    ],
    [
      'not worse',
      0.0062,
      [-0.0041, 0.0165],
      {},
      `Whether soft targets raised accuracy is not settled: +0.6 points (95 % interval \u22120.4 to +1.7, ${basis}); not worse by 1 point, but a gain is not shown.`,
    ],
    [
      'at most better',
      -0.022,
      [-0.046, 0.002],
      {},
      `Whether soft targets lowered accuracy is not settled: \u22122.2 points (95 % interval \u22124.6 to +0.2, ${basis}); at most 1 point better, but a loss is not shown.`,
    ],
    [
      'wide',
      0.001,
      [-0.03, 0.032],
      {},
      `Whether soft targets raised or lowered accuracy is not settled: +0.1 points (95 % interval \u22123.0 to +3.2, ${basis}); a gain or a loss of 1 point is possible.`,
    ],
    [
      'a lower NLL',
      0.021,
      [0.0031, 0.0389],
      { metric: 'nll' },
      `Soft targets lowered NLL by 0.021 nat (95 % interval 0.003 to 0.039, ${basis}); whether by 0.02 nat is open.`,
    ],
    [
      'a higher NLL',
      -0.031,
      [-0.04, -0.0221],
      { metric: 'nll' },
      `Soft targets raised NLL by 0.031 nat (95 % interval 0.022 to 0.040, ${basis}), by at least the 0.02-nat margin.`,
    ],
    [
      'no difference in NLL',
      -0.003,
      [-0.01, 0.004],
      { metric: 'nll' },
      `Soft targets made no practical difference to NLL: a difference in NLL (above 0 is better) of \u22120.003 nat (95 % interval \u22120.010 to +0.004, ${basis}), within ±0.02 nat either way.`,
    ],
    [
      'an NLL that is not settled',
      0.012,
      [-0.004, 0.028],
      { metric: 'nll' },
      `Whether soft targets lowered NLL is not settled: a difference in NLL (above 0 is better) of +0.012 nat (95 % interval \u22120.004 to +0.028, ${basis}); not worse by 0.02 nat, but a gain is not shown.`,
    ],
    [
      'one comparison',
      0.0184,
      [0.0121, 0.0247],
      { corrected: 1, seeds: 3, controlSeeds: 3, examples: 300 },
      'Soft targets raised accuracy by 1.8 points (95 % interval 1.2 to 2.5, 3 seeds, 300 test examples), by at least the 1-point margin.',
    ],
    [
      'other alpha and margin',
      0.0184,
      [0.0121, 0.0247],
      { alpha: 0.1, margin: 0.005 },
      `Soft targets raised accuracy by 1.8 points (90 % interval 1.2 to 2.5, ${basis}), by at least the 0.5-point margin.`,
    ],
    [
      'an end that rounds to 0',
      0.0113,
      [0.0003, 0.0223],
      {},
      `Soft targets raised accuracy by 1.13 points (95 % interval 0.03 to 2.23, ${basis}); whether by 1 point is open.`,
    ],
  ])('says %s in full', (_, estimate, interval, changes, expected) => {
    expect(say(estimate, interval, changes)).toBe(expected)
  })

  test('without a word it says why, with the figures there are', () => {
    const figures = {
      estimate: 0.019,
      simultaneous: [0.0078, 0.0301] as [number, number],
      examplesOnly: false,
    }
    expect(
      say(0.019, [0.0078, 0.0301], {
        seeds: 5,
        controlSeeds: 5,
        figures,
        reading: null,
        provisional: true,
        reason: 'provisional, 5 of 8 seeds',
      }),
    ).toBe(
      'For soft targets the difference in accuracy is +1.9 points so far (95 % interval +0.8 to +3.0, corrected for 5 comparisons, 5 seeds, 10,000 test examples): provisional, 5 of 8 seeds.',
    )
    expect(
      say(0.019, [0.0078, 0.0301], {
        seeds: 2,
        controlSeeds: 2,
        metric: 'nll',
        figures,
        reading: null,
        provisional: false,
        reason: '2 seeds cannot decide',
      }),
    ).toBe(
      'No verdict for soft targets: 2 seeds cannot decide; the difference in NLL (above 0 is better) is +0.019 nat (95 % interval +0.008 to +0.030, corrected for 5 comparisons, 2 seeds, 10,000 test examples).',
    )
    expect(
      say(0.019, [0.0078, 0.0301], {
        seeds: 1,
        controlSeeds: 1,
        figures: { ...figures, examplesOnly: true },
        reading: null,
        provisional: false,
        reason: 'one seed compares two trained networks only, not the method',
      }),
    ).toBe(
      'No verdict for soft targets: one seed compares two trained networks only, not the method; the difference in accuracy is +1.9 points (95 % interval over test examples alone +0.8 to +3.0, corrected for 5 comparisons, 1 seed, 10,000 test examples).',
    )
    expect(
      say(0, [0, 0], {
        figures: null,
        reading: null,
        provisional: false,
        reason: 'no seed has a result in both arms',
      }),
    ).toBe('No verdict for soft targets: no seed has a result in both arms.')
    expect(
      say(0, [0, 0], {
        figures: null,
        reading: null,
        provisional: true,
        reason: 'provisional, 0 of 8 seeds',
      }),
    ).toBe('No figures yet for soft targets: provisional, 0 of 8 seeds.')
  })

  test('every diverged run is named, in both arms', () => {
    expect(say(0.0184, [0.0121, 0.0247], { diverged: [4], controlDiverged: [2, 7] })).toBe(
      `Soft targets raised accuracy by 1.8 points (95 % interval 1.2 to 2.5, ${basis}), by at least the 1-point margin; seed 4 diverged and counts as the even guess; the control diverged at seeds 2 and 7 and counts there as the even guess.`,
    )
  })

  test('arms with other numbers of seeds say so', () => {
    expect(say(0.0184, [0.0121, 0.0247], { controlSeeds: 7 })).toContain('8 seeds against 7 of the control')
  })
})

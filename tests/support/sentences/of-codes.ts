import type { LatencyNoWord } from '../../../core/judging/judge-latency.ts'
import type { NoWord, WhyDamaged, WhyMissing } from '../../../core/judging/no-word.ts'
import type { Note } from '../../../core/judging/note.ts'
import type { ProblemRemark } from '../../../core/judging/judge-problem.ts'
import { noWordText, noSpeedWordText, whyText } from '../../../core/wording/no-word-text.ts'
import { noteText } from '../../../core/wording/note-text.ts'
import { remarkText } from '../../../core/wording/problem-text.ts'
import { recoveredText } from '../../../core/wording/recovered-text.ts'
import { leaveOneOutText, noSignFlipText } from '../../../core/wording/sensitivity-text.ts'
import { unreadTeacherText } from '../../../core/wording/teacher-text.ts'
import { everyWay } from './every-way.ts'

/** Each member once: the compiler finds one that is left out. */
const every = <Code extends string>(codes: Record<Code, true>): Code[] => Object.keys(codes) as Code[]

const missing = every<WhyMissing>({
  failed: true,
  'bad-input': true,
  'out-of-memory': true,
  'disk-full': true,
  lost: true,
  'teacher-diverged': true,
  'teacher-failed': true,
  'teacher-cancelled': true,
  'teacher-without-result': true,
  'no-figure-of-training-set': true,
  'not-given': true,
})
const damaged = every<WhyDamaged>({
  'trained-again': true,
  'predictions-gone': true,
  'predictions-damaged': true,
  'predictions-unreadable': true,
  'data-gone': true,
  'data-damaged': true,
  'data-unreadable': true,
})

const gone = { seed: 2, why: 'predictions-gone' } as const
const other = { seed: 5, why: 'data-unreadable' } as const

const noWords: Record<NoWord['why'], NoWord[]> = {
  pending: [1, 8].map((planned) => ({ why: 'pending', seeds: 0, planned })),
  'under-way': [{ why: 'under-way', seeds: 3, planned: 3 }],
  stopped: [1, 8].map((planned) => ({ why: 'stopped', seeds: 0, planned })),
  'ended-early': [
    { why: 'ended-early', by: 'experiment' },
    { why: 'ended-early', by: 'run' },
  ],
  damaged: [
    { why: 'damaged', arm: [gone], control: [] },
    { why: 'damaged', arm: [], control: [gone] },
    { why: 'damaged', arm: [gone], control: [gone] },
    { why: 'damaged', arm: [gone, other], control: [{ ...gone, seed: 3 }] },
  ],
  'seeds-missing': everyWay({ of: ['arm', 'control', 'either'] as const, seeds: [1, 4] }).map((one) => ({
    why: 'seeds-missing',
    ...one,
    planned: 10,
    causes: one.seeds === 1 ? ['lost'] : ['lost', 'disk-full'],
  })),
  'control-diverged': [{ why: 'control-diverged' }],
  'too-few-seeds': ([0, 1, 2] as const).map((seeds) => ({ why: 'too-few-seeds', seeds })),
  'too-few-examples': everyWay({ units: [1, 9], grouped: [true, false] }).map((one) => ({
    why: 'too-few-examples',
    ...one,
  })),
  'no-spread': [{ why: 'no-spread' }],
  'no-primary-word': [{ why: 'no-primary-word', because: { why: 'too-few-seeds', seeds: 1 } }],
  'no-word-against-control': [
    { why: 'no-word-against-control', because: { why: 'too-few-seeds', seeds: 2 } },
  ],
  exploratory: [{ why: 'exploratory' }],
}

const alike = everyWay({
  known: ['predictions', 'scores'] as const,
  units: [1, 800],
  grouped: [true, false],
  rightOrWrong: [true, false],
})

const notes: Record<Note['kind'], Note[]> = {
  alike: alike.map((one) => ({ kind: 'alike', ...one })),
  'spread-floored': [{ kind: 'spread-floored' }],
  'given-up': [{ kind: 'given-up' }],
  diverged: [{ kind: 'diverged', seeds: [3] }],
  'control-diverged': [{ kind: 'control-diverged', seeds: [3, 4] }],
  dropped: [
    { kind: 'dropped', seeds: [{ seed: 2, why: 'lost', of: 'arm' }] },
    {
      kind: 'dropped',
      seeds: [
        { seed: 2, why: 'lost', of: 'arm' },
        { seed: 3, why: 'lost', of: 'arm' },
        { seed: 4, why: 'predictions-gone', of: 'control' },
      ],
    },
  ],
  'read-earlier': [{ kind: 'read-earlier', seeds: 5 }],
}

const remarks: { [Kind in ProblemRemark['kind']]: Extract<ProblemRemark, { kind: Kind }> } = {
  'margin-of-whole-range': { kind: 'margin-of-whole-range' },
  'margin-in-hundredths': { kind: 'margin-in-hundredths', margin: 0.5 },
  'two-units': {
    kind: 'two-units',
    small: { of: 'control' },
    large: { of: 'arm', id: 'soft targets' },
    high: 97.5,
  },
}

/** What is made of the codes of core/judging, by what they are codes of. */
export const codeSentences = (): Record<string, string[]> => ({
  'what became of a seed': [...missing, ...damaged].map((why) => whyText(why)),
  'why there is no word': Object.values(noWords)
    .flat()
    .flatMap((noWord) => [noWordText(noWord), noWordText(noWord, 'label smoothing')]),
  'remarks on a comparison': Object.values(notes)
    .flat()
    .flatMap((note) => [noteText(note, null), noteText(note, 'Label smoothing')]),
  'remarks on a file of scores': Object.values(remarks).map(remarkText),
  'why there is no word on speed': every<LatencyNoWord>({
    'too-few-blocks': true,
    'no-spread': true,
    'no-primary-word': true,
    exploratory: true,
  }).flatMap((noWord) => [1, 9].map((blocks) => noSpeedWordText(noWord, blocks))),
  'why there is no share of the teacher’s gain': (
    ['teacher-not-shown', 'teacher-worse', 'too-few-seeds', 'several-teachers'] as const
  ).map((none) => recoveredText({ none }) ?? ''),
  'why a teacher cannot be compared with': damaged.map(unreadTeacherText),
  'sign flips and seeds left out': [
    noSignFlipText({ why: 'unpaired' }),
    ...[1, 5].map((seeds) => noSignFlipText({ why: 'too-few-seeds', seeds })),
    noSignFlipText({ why: 'too-many-seeds', seeds: 21 }),
    leaveOneOutText({ word: null, reason: '2 seeds cannot decide', leaveOneOut: null }),
    leaveOneOutText({ word: 'helped', reason: null, leaveOneOut: null }),
    ...[[], [3], [3, 5]].map((seeds) =>
      leaveOneOutText({
        word: 'helped',
        reason: null,
        leaveOneOut: seeds.map((seed) => ({ seed, word: seed === 3 ? 'inconclusive' : null })),
      }),
    ),
  ],
})

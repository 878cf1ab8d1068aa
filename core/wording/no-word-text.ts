import type { LatencyNoWord } from '../judging/judge-latency.ts'
import { fewestBlocks } from '../judging/judge-latency.ts'
import type { LostSeed, NoWord, WhyDamaged, WhyMissing } from '../judging/no-word.ts'
import { counted, joinAnd } from '../text/grammar.ts'
import { seedList } from './phrases.ts'

const predictions = 'the file predictions/test.npy'

/** `of`: whose, where that has to be said. */
const whyTexts: Record<WhyMissing | WhyDamaged, string | ((of: string) => string)> = {
  failed: 'its run failed',
  'bad-input': 'it could not be trained as planned',
  'out-of-memory': 'it ran out of memory',
  'disk-full': 'the disk was full',
  lost: 'its trainer was lost',
  'teacher-diverged': 'its teacher diverged',
  'teacher-failed': 'its teacher failed',
  'teacher-cancelled': 'its teacher was cancelled',
  'teacher-without-result': 'its teacher has no result',
  'no-figure-of-training-set': 'it has no figure of the training set',
  'not-given': 'not given',
  'trained-again': 'it is being trained again',
  'predictions-gone': (of) => `${predictions}${of} is gone`,
  'predictions-damaged': (of) => `${predictions}${of} is damaged`,
  'predictions-unreadable': (of) => `${predictions}${of} cannot be read now`,
  'data-gone': 'the data set is gone',
  'data-damaged': 'the data set is damaged',
  'data-unreadable': 'the data set cannot be read now',
}

/** What became of a seed that has no result, within a sentence. @param of " of the teacher". */
export const whyText = (why: WhyMissing | WhyDamaged, of: string = ''): string => {
  const text = whyTexts[why]
  return typeof text === 'string' ? text : text(of)
}

const damagedText = (
  arm: readonly LostSeed<WhyDamaged>[],
  control: readonly LostSeed<WhyDamaged>[],
  against: string,
): string => {
  const listed = (lost: readonly LostSeed<WhyDamaged>[], why: WhyDamaged): string | null => {
    const seeds = lost.filter((one) => one.why === why).map(({ seed }) => seed)
    return seeds.length === 0 ? null : seedList(seeds)
  }
  const causes = [...new Set([...arm, ...control].map(({ why }) => why))]
  return causes
    .map((why) => {
      const [own, other] = [listed(arm, why), listed(control, why)]
      if (own !== null && own === other) return `${own}, here and of ${against}: ${whyText(why)}`
      const seeds = [own ?? [], other === null ? [] : `${other} of ${against}`].flat()
      return `${joinAnd(seeds)}: ${whyText(why)}`
    })
    .join('; ')
}

const missingText = (
  { of, seeds, planned, causes }: Extract<NoWord, { why: 'seeds-missing' }>,
  against: string,
): string => {
  const ofWhom = of === 'control' ? ` of ${against}` : ''
  const inWhom = of === 'either' ? ` in the arm or ${against}` : ''
  return `${seeds} of ${counted(planned, 'planned seed')}${ofWhom} ${seeds === 1 ? 'is' : 'are'} missing${inWhom} (${causes.map((why) => whyText(why)).join(', ')})`
}

export const noMarginText = 'the protocol declared no margin for it'

const fewSeeds = [
  'no seed has a result in both arms',
  'one seed compares two trained networks only, not the method',
  '2 seeds cannot decide',
] as const

/**
 * Why there is no word, as it follows "No verdict: ".
 * @param against what it is compared with, within a sentence.
 */
export const noWordText = (noWord: NoWord, against: string = 'the control'): string => {
  switch (noWord.why) {
    case 'stopped':
      return `stopped at ${noWord.seeds} of ${counted(noWord.planned, 'planned seed')}`
    case 'ended-early':
      return `the experiment was stopped early (${noWord.by === 'experiment' ? 'cancelled' : 'a run was cancelled'})`
    case 'pending':
      return `provisional, ${noWord.seeds} of ${counted(noWord.planned, 'seed')}`
    case 'under-way':
      return `provisional, ${noWord.seeds} of ${counted(noWord.planned, 'seed')}; words are read when every arm has ended`
    case 'damaged':
      return damagedText(noWord.arm, noWord.control, against)
    case 'seeds-missing':
      return missingText(noWord, against)
    case 'control-diverged':
      return `every run of ${against} diverged: nothing was learnt, so nothing can be compared`
    case 'too-few-seeds':
      return fewSeeds[noWord.seeds]
    case 'too-few-examples': {
      const what = noWord.grouped
        ? counted(noWord.units, 'group of test examples', 'groups of test examples')
        : counted(noWord.units, 'test example')
      return `${what} cannot stand for more`
    }
    case 'no-spread':
      return 'every difference is the same number, so chance cannot be judged'
    case 'no-primary-word':
      return `the primary question has no word (${noWordText(noWord.because)})`
    case 'no-word-against-control':
      return `no word against the control either: ${noWordText(noWord.because)}`
    case 'exploratory':
      return `exploratory: ${noMarginText}`
  }
}

/** The same of a latency, by the number of its blocks. */
export const noSpeedWordText = (noWord: LatencyNoWord, blocks: number): string => {
  switch (noWord) {
    case 'too-few-blocks':
      return blocks === 1
        ? 'one block shows nothing of chance'
        : `${counted(blocks, 'block')}, at least ${fewestBlocks} are needed`
    case 'no-spread':
      return 'the ratio is the same in every block: chance cannot be judged'
    case 'no-primary-word':
      return 'the primary question has no word'
    case 'exploratory':
      return noWordText({ why: 'exploratory' })
  }
}

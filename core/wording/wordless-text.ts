import type { WhyWordless, Wordless } from '../judging/wordless.ts'
import { joinAnd } from '../text/grammar.ts'
import { withinSentence } from './phrases.ts'

/** Of all arms at once, the cause that they share, or the first of several. */
const ofAll: Record<WhyWordless, string> = {
  'control-diverged': 'every run of the control diverged, so that nothing was learnt that could be compared',
  'control-stopped': 'a run of the control was cancelled, and every arm is compared with all of its seeds',
  'teacher-lost': 'the teacher has no result, and there is nothing to learn from',
  stopped: 'runs were cancelled, and no arm has all its seeds',
  missing: 'too many seeds are missing',
}

const ofSome: Record<WhyWordless, string> = {
  ...ofAll,
  'teacher-lost': 'the teacher has no result',
  stopped: 'a run was cancelled',
}

/** Why no arm gets a word any more, as the end of a sentence. */
export const wordlessText = (arms: readonly Wordless[]): string => {
  const causes = [...new Set(arms.map(({ why }) => why))]
  const [only] = causes
  return causes.length === 1 && only !== undefined ? ofAll[only] : joinAnd(causes.map((why) => ofSome[why]))
}

/** "No verdict will come for soft targets: a run was cancelled.", a sentence for each cause; empty where none is lost. */
export const wordlessSentence = (
  arms: readonly Wordless[],
  labels: Readonly<Record<string, string>>,
): string =>
  [...new Set(arms.map(({ why }) => why))]
    .map((why) => {
      const own = arms.filter((one) => one.why === why).map(({ arm }) => withinSentence(labels[arm] ?? arm))
      return `No verdict will come for ${joinAnd(own)}: ${ofSome[why]}.`
    })
    .join(' ')

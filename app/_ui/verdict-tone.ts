import type { ComparisonWord, TeacherWord } from '../../core/contracts/verdict.ts'
import type { SpeedWord } from '../../core/contracts/verdict-page.ts'

/** Every word that a chip can carry. */
export type ChipWord = ComparisonWord | TeacherWord | SpeedWord

/** Blue, vermilion, slate, and ochre that is always hollow. */
export type VerdictTone = 'helped' | 'hurt' | 'same' | 'open'

export const verdictTone: Record<ChipWord, VerdictTone> = {
  helped: 'helped',
  smaller: 'helped',
  better: 'helped',
  faster: 'helped',
  hurt: 'hurt',
  larger: 'hurt',
  worse: 'hurt',
  slower: 'hurt',
  'no practical difference': 'same',
  'as good': 'same',
  inconclusive: 'open',
  'not shown': 'open',
}

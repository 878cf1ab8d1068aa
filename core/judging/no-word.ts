/** Why a seed has no result, though its run has come to its end. */
export type WhyMissing =
  | 'failed'
  | 'bad-input'
  | 'out-of-memory'
  | 'disk-full'
  | 'lost'
  | 'teacher-diverged'
  | 'teacher-failed'
  | 'teacher-cancelled'
  | 'teacher-without-result'
  | 'no-figure-of-training-set'
  | 'not-given'

type Unread = 'gone' | 'damaged' | 'unreadable'

/** Why a result that was there cannot be judged now. */
export type WhyDamaged = 'trained-again' | `predictions-${Unread}` | `data-${Unread}`

export interface LostSeed<Why = WhyMissing | WhyDamaged> {
  seed: number
  why: Why
}

/** Why a comparison has no word, as a code with its figures: what is made of it in English stands in core/wording. */
export type NoWord =
  /** Seeds of the look that were planned, and those that have a result. */
  | { why: 'pending' | 'under-way' | 'stopped'; seeds: number; planned: number }
  /** All seeds have a result, but the experiment, or a run of the comparison, was ended by somebody. */
  | { why: 'ended-early'; by: 'experiment' | 'run' }
  | { why: 'damaged'; arm: readonly LostSeed<WhyDamaged>[]; control: readonly LostSeed<WhyDamaged>[] }
  /** More than a fifth of the planned seeds; `of` whom: of either, where only both together lack so many. */
  | {
      why: 'seeds-missing'
      of: 'arm' | 'control' | 'either'
      seeds: number
      planned: number
      causes: readonly WhyMissing[]
    }
  | { why: 'control-diverged' }
  | { why: 'too-few-seeds'; seeds: 0 | 1 | 2 }
  /** Test examples, or groups of them. */
  | { why: 'too-few-examples'; units: number; grouped: boolean }
  /** Every difference is one and the same number other than 0. */
  | { why: 'no-spread' }
  /** A secondary question, where the primary one has no word; of a file: where there is none against the control. */
  | { why: 'no-primary-word' | 'no-word-against-control'; because: NoWord }
  /** No margin was declared for the question. */
  | { why: 'exploratory' }

/** A word may still come: the figures are a description on the way. */
export const isProvisional = (noWord: NoWord | null): boolean =>
  noWord !== null && (noWord.why === 'pending' || noWord.why === 'under-way')

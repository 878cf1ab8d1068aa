import type { LostSeed } from './no-word.ts'

/** Networks that answer alike, as far as is known. */
export interface Alike {
  known: 'predictions' | 'scores'
  /** Test examples, or groups of them. */
  units: number
  grouped: boolean
  /** Right or wrong: what would have had to differ to be seen can be said. */
  rightOrWrong: boolean
}

/** What stands beside a comparison, as a code with its figures. */
export type Note =
  | ({ kind: 'alike' } & Alike)
  | { kind: 'spread-floored' }
  /** No further seeds were run: the test set is too small for the margin. */
  | { kind: 'given-up' }
  | { kind: 'diverged' | 'control-diverged'; seeds: readonly number[] }
  /** Seeds that do not enter the figures. */
  | { kind: 'dropped'; seeds: readonly DroppedSeed[] }
  /** Of an arm that went on after its regulariser was decided. */
  | { kind: 'read-earlier'; seeds: number }

export interface DroppedSeed extends LostSeed {
  of: 'arm' | 'control'
}

import type { Recovered } from '../judging/comparison.ts'

const texts: Record<NonNullable<Recovered['none']>, string> = {
  'teacher-not-shown': 'not estimable: the teacher is not shown to beat the control',
  'teacher-worse': 'not estimable: the teacher is worse than the control',
  'too-few-seeds': 'not estimable: two seeds of both arms are needed',
  'several-teachers': 'not estimable: there are several teachers',
}

/** Why there is no share of the teacher's gain; null where there is one. */
export const recoveredText = ({ none }: Pick<Recovered, 'none'>): string | null =>
  none === null ? null : texts[none]

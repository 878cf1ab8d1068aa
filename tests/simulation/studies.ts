import { coverageGaussian } from './coverage-gaussian.ts'
import { coverageProbit } from './coverage-probit.ts'
import type { Study } from './study.ts'

/** Every study, in the order in which it is printed. */
export const studies: readonly Study[] = [coverageGaussian, coverageProbit]

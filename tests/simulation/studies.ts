import { calibrationStudy } from './calibration.ts'
import { coverageGaussian } from './coverage-gaussian.ts'
import { coverageProbit } from './coverage-probit.ts'
import { fewExamples } from './few-examples.ts'
import { judgedWords } from './judged-words.ts'
import { latencyStudy } from './latency.ts'
import { pValues } from './p-values.ts'
import { peeking } from './peeking.ts'
import { powerStudy } from './power.ts'
import { robustness } from './robustness.ts'
import type { Study } from './study.ts'
import { teacherStudy } from './teacher.ts'
import { untilDecided } from './until-decided.ts'
import { wrongWords } from './wrong-words.ts'

/** Every study, in the order in which it is printed. */
export const studies: readonly Study[] = [
  coverageGaussian,
  coverageProbit,
  fewExamples,
  wrongWords,
  untilDecided,
  judgedWords,
  peeking,
  powerStudy,
  pValues,
  robustness,
  teacherStudy,
  calibrationStudy,
  latencyStudy,
]

import { marginAmount, marginName } from './phrases.ts'
import { type SpokenMetric } from '../contracts/verdict.ts'
import type { Reading } from '../judging/word.ts'

/** The short text under a verdict chip: what the interval says beyond the word. */
export const qualifierText = (reading: Reading, metric: SpokenMetric, margin: number): string => {
  const amount = marginAmount(metric, margin)
  switch (reading.detail) {
    case 'by-margin':
      return `by at least the ${marginName(metric, margin)}`
    case 'margin-open':
      return `whether by ${amount} is open`
    case 'within':
      return `within ±${amount} either way`
    case 'negligible-gain':
      return 'a real but negligible gain'
    case 'negligible-loss':
      return 'a real but negligible loss'
    case 'not-worse':
      return `not worse by ${amount}; gain not shown`
    case 'at-most-better':
      return `at most ${amount} better`
    case 'wide':
      return `a gain or a loss of ${amount} is possible`
  }
}

import type { ClaimComparison, ClaimsPage } from '../../../core/contracts/claims.ts'
import { effectStrips } from '../../_charts/claims/effect-strips.ts'
import { amountText, comparisonTag, ending, nothingText, outlined } from './claim.ts'
import type { Claim, Stance } from './claim.ts'

/** The first claim: the same student, better with its teacher than alone. */
export function accuracyClaim(page: ClaimsPage): Claim {
  const { accuracy, teacherDifference } = page
  const known = accuracy !== null && accuracy.comparison.estimate !== null
  return {
    key: 'accuracy',
    title: 'More accurate',
    question: 'Better than the same student trained alone?',
    tags: [accuracy === null ? outlined('no word') : comparisonTag(accuracy)],
    text: known
      ? `Accuracy ${amountText('accuracy', accuracy, ['higher', 'lower'])}${ending(accuracy)}`
      : nothingText(page, accuracy),
    picture:
      accuracy === null
        ? null
        : effectStrips([{ label: 'Accuracy', compared: accuracy }], 'accuracy', teacherDifference),
    stance: stanceOf(accuracy),
    plan: null,
    links: [],
  }
}

function stanceOf(accuracy: ClaimComparison | null): Stance {
  switch (accuracy?.comparison.word ?? null) {
    case 'helped':
      return { kind: 'shown', because: null }
    case 'hurt':
      return { kind: 'contrary', says: 'is less accurate than the control' }
    case 'no practical difference':
      return { kind: 'contrary', says: 'is as accurate as the control within the margin' }
    case 'inconclusive':
      return { kind: 'open', says: 'a gain in accuracy' }
    default:
      return { kind: 'no word', says: 'accuracy' }
  }
}

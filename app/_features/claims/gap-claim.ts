import type { ClaimComparison, ClaimsPage } from '../../../core/contracts/claims.ts'
import { armLook } from '../../_charts/arm-look.ts'
import { gapStrips } from '../../_charts/claims/pair-strips.ts'
import { amountText, comparisonTag, ending, nothingText, outlined, share } from './claim.ts'
import type { Claim, Stance } from './claim.ts'

/** The third claim: less is lost between training and test. Always beside both accuracies: an untrained net has no gap. */
export function gapClaim(page: ClaimsPage): Claim {
  const { gap, figures } = page
  const [own, control] = [figures.arm.metrics, figures.control.metrics]
  const known = gap !== null && gap.comparison.estimate !== null
  const accuracies =
    own['train/accuracy'] === undefined || control['train/accuracy'] === undefined
      ? []
      : [
          `On its training examples it is right in ${share(own['train/accuracy'])}, the control in ${share(control['train/accuracy'])}.`,
        ]
  return {
    key: 'gap',
    title: 'Generalizes better',
    question: 'Loses less between training and test?',
    tags: [gap === null ? outlined('no word') : comparisonTag(gap)],
    text: [
      known
        ? `The gap is ${amountText('gap', gap, ['smaller', 'larger'])}${ending(gap)}`
        : nothingText(page, gap),
      ...accuracies,
    ].join(' '),
    picture: gapStrips([
      {
        label: 'Control',
        look: armLook(page.control),
        test: control['test/accuracy']?.mean,
        train: control['train/accuracy']?.mean,
      },
      {
        label: page.arm.label,
        look: armLook(page.arm),
        test: own['test/accuracy']?.mean,
        train: own['train/accuracy']?.mean,
      },
    ]),
    stance: stanceOf(gap),
    plan: null,
    links: [],
  }
}

function stanceOf(gap: ClaimComparison | null): Stance {
  switch (gap?.comparison.word ?? null) {
    case 'smaller':
      return { kind: 'shown', because: null }
    case 'larger':
      return { kind: 'contrary', says: 'loses more between training and test than the control' }
    case 'no practical difference':
      return { kind: 'contrary', says: 'loses as much between training and test within the margin' }
    case 'inconclusive':
      return { kind: 'open', says: 'a smaller gap' }
    default:
      return { kind: 'no word', says: 'the gap' }
  }
}

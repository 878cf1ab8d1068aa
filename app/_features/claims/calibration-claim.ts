import type { ClaimsPage } from '../../../core/contracts/claims.ts'
import { effectStrips } from '../../_charts/claims/effect-strips.ts'
import { decimal } from '../../_ui/format.ts'
import { amountText, comparisonTag, ending, nothingText, outlined, rangeText } from './claim.ts'
import type { Claim, ClaimTag, Stance } from './claim.ts'

const lower = ['lower', 'higher'] as const

/** The fifth claim. Words come from NLL and Brier score, which are linear in the examples; ECE carries none. */
export function calibrationClaim(page: ClaimsPage): Claim {
  const { nll, brier } = page
  const scores = [
    ...(nll === null || nll.comparison.estimate === null
      ? []
      : [{ compared: nll, text: `NLL ${amountText('nll', nll, lower)}` }]),
    ...(brier === null || brier.comparison.estimate === null
      ? []
      : [{ compared: brier, text: `Brier score ${amountText('brier', brier, lower)}` }]),
  ]
  // What both families have in common is said once.
  const endings = scores.map(({ compared }) => ending(compared))
  const parts =
    endings[0] !== undefined && endings.every((one) => one === endings[0])
      ? [`${scores.map(({ text }) => text).join(', ')}${endings[0]}`]
      : scores.map(({ text }, index) => `${text}${endings[index] ?? '.'}`)
  return {
    key: 'calibration',
    title: 'Better calibrated',
    question: 'Can its probabilities be believed?',
    tags: tagsOf(page),
    text: [...(parts.length === 0 ? [nothingText(page, nll)] : parts), debiasedText(page), eceText(page)]
      .filter((part) => part !== '')
      .join(' '),
    picture: nll === null ? null : effectStrips([{ label: 'NLL, nat', compared: nll }], 'nll'),
    stance: stanceOf(page),
    plan: null,
    links: [],
  }
}

/** One chip where both families say the same, else one each with its name. */
function tagsOf({ nll, brier }: ClaimsPage): ClaimTag[] {
  if (nll === null && brier === null) return [outlined('no word')]
  if (nll === null || brier === null)
    return [nll ?? brier].flatMap((one) => (one === null ? [] : [comparisonTag(one)]))
  return nll.comparison.word === brier.comparison.word &&
    nll.comparison.provisional === brier.comparison.provisional
    ? [comparisonTag(nll)]
    : [comparisonTag(nll, 'NLL: '), comparisonTag(brier, 'Brier: ')]
}

/** Fractions squared, said in squared points as on the Verdict page; its sign is turned already: above 0 is better. */
function debiasedText({ calibration }: ClaimsPage): string {
  if (calibration === null) return ''
  const { estimate, simultaneous } = calibration
  const plain = (value: number): string => decimal(Math.abs(value) * 1e4, 1)
  return `The debiased calibration error is ${plain(estimate)} squared points ${estimate < 0 ? 'higher' : 'lower'} (${rangeText(simultaneous, plain, lower)}), without a word.`
}

function eceText({ figures }: ClaimsPage): string {
  const [own, other] = [figures.arm.metrics['test/ece'], figures.control.metrics['test/ece']]
  if (own === undefined || other === undefined) return ''
  return `Plain ECE, ${decimal(own.mean * 100, 1)} points against ${decimal(other.mean * 100, 1)}, carries none.`
}

function stanceOf({ nll, brier }: ClaimsPage): Stance {
  const words = [nll, brier].map((one) => one?.comparison.word ?? null)
  const [helped, hurt] = [words.includes('helped'), words.includes('hurt')]
  if (helped && hurt)
    return { kind: 'contrary', says: 'is calibrated better by one score and worse by the other' }
  if (hurt) return { kind: 'contrary', says: 'is calibrated worse than the control' }
  if (helped) return { kind: 'shown', because: null }
  if (words.every((word) => word === null)) return { kind: 'no word', says: 'calibration' }
  return words.includes('inconclusive')
    ? { kind: 'open', says: 'better calibration' }
    : { kind: 'contrary', says: 'is as well calibrated as the control within the margin' }
}

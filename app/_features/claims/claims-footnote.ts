import type { ClaimsPage } from '../../../core/contracts/claims.ts'
import { levelText } from '../../../core/wording/phrases.ts'
import { count, counted } from '../../_ui/format.ts'

/** What holds for all rows: against whom, over what, and which marks are tests. */
export function claimsFootnote(page: ClaimsPage): string {
  const { accuracy, nll, brier, gap, classes, alpha } = page
  const seeds = counted(page.plannedSeeds, `${page.paired ? 'paired' : 'unpaired'} seed`)
  const primary = nll?.comparison.family === 'primary' ? 'NLL' : 'Accuracy'
  const others = primary === 'NLL' ? 'Accuracy, Brier score and gap' : 'NLL, Brier score and gap'
  const exploratory = [nll, brier, gap, accuracy].some((one) => one !== null && one.margin === null)
  return [
    `Against the control, ${seeds}, ${count(page.examples)} test examples, unless the picture says otherwise.`,
    `${primary} is the primary question. ${
      exploratory
        ? `${others} had no margin in the protocol and are exploratory.`
        : `${others} are questions of their own, each at ${levelText(1 - alpha)} over the methods, and have a word only where the primary one has one.`
    }`,
    'Size, multiply-accumulates and cost are counted, so they have no interval; memory is that of the weights, as 32-bit numbers.',
    classes === null
      ? ''
      : `Each class has a ${levelText(0.05)} interval of its own over seeds and examples: of ${counted(classes.length, 'class', 'classes')} some may leave 0 by chance.`,
    'Outlined: counted, described or exploratory, no word.',
  ]
    .filter((part) => part !== '')
    .join(' ')
}

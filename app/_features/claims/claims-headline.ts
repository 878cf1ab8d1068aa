import type { ClaimsPage } from '../../../core/contracts/claims.ts'
import { withinSentence } from '../../../core/wording/phrases.ts'
import { counted, listed } from '../../_ui/format.ts'
import { primaryOf, undecided, withoutFigures, type Claim } from './claim.ts'
import { numberWord } from './number-word.ts'

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** All claims in a few sentences: how many hold, what does not, what stays open, what was not tested. */
export function claimsHeadline(page: ClaimsPage, all: readonly Claim[]): string {
  const { state, seedsIn, plannedSeeds } = page
  const arm = withinSentence(page.arm.label)
  if (undecided(page)) {
    return withoutFigures(page)
      ? `Nothing is known of ${arm} yet: ${plannedSeeds === 1 ? 'its one seed has not' : `none of its ${plannedSeeds} seeds has`} been compared with the control. What is counted stands below, the rest follows.`
      : `Too early to say of ${arm}: ${seedsIn} of ${counted(plannedSeeds, 'planned seed')} ${seedsIn === 1 ? 'is' : 'are'} in. The figures so far are provisional, no claim has a word.`
  }
  const primary = primaryOf(page)
  if (withoutFigures(page)) {
    const reason = primary?.reason ?? null
    if ((state === 'waiting' || state === 'provisional') && reason !== null) {
      return `No verdict will come for ${arm}: ${reason}. What is counted stands below.`
    }
    const why = reason === null ? 'Ended without a result' : `No word: ${reason}`
    return `${why}. ${capital(arm)} cannot be compared with the control. What is counted stands below.`
  }
  const stopped =
    state === 'stopped' && primary?.word === null && primary.reason !== null
      ? `${capital(primary.reason)}, so no question about ${arm} has a verdict. `
      : ''
  const says = (kind: 'contrary' | 'open' | 'no word'): string[] =>
    all.flatMap(({ stance }) => (stance.kind === kind ? [stance.says] : []))
  const shown = all.flatMap(({ stance }) => (stance.kind === 'shown' ? [stance] : []))
  const structural = shown.some(({ because }) => because === 'architecture')
  const only = !structural
    ? ''
    : shown.length === 1
      ? ', only because the network is smaller'
      : ', one of them only because the network is smaller'
  const taught = page.cost.teacher !== null
  const untested = all.filter(({ stance }) => stance.kind === 'untested').length
  const [contrary, open, without] = [says('contrary'), says('open'), says('no word')]
  const parts = [
    taught ? '' : `${page.arm.label} needs no teacher.`,
    `Of ${numberWord(all.length)} things that are said about distillation, ${numberWord(shown.length)} ${shown.length <= 1 ? 'shows' : 'show'} here for ${taught ? arm : 'it'}${only}.`,
    contrary.length === 0 ? '' : `The student ${listed(contrary)}.`,
    open.length === 0 ? '' : `Not shown: ${listed(open)}.`,
    without.length === 0 ? '' : `Without a word: ${listed(without)}.`,
    untested === 0 ? '' : `${capital(numberWord(untested))} ${untested === 1 ? 'was' : 'were'} not tested.`,
  ]
  return stopped + parts.filter((part) => part !== '').join(' ')
}

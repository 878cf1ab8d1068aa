import type { ClassDifference, ClaimsPage, TeacherSplit } from '../../../core/contracts/claims.ts'
import type { Estimate } from '../../../core/contracts/views.ts'
import { armLook } from '../../_charts/arm-look.ts'
import { classStrips } from '../../_charts/claims/class-strips.ts'
import { count, decimal, listed, signed } from '../../_ui/format.ts'
import { nothingText, outlined, primaryOf, provisionalTag, undecided } from './claim.ts'
import type { Claim, Stance } from './claim.ts'
import { numberWord } from './number-word.ts'

/** Classes that are told one by one. */
const told = 2

/** The seventh claim: what the mean may hide, class by class. Exploratory: chosen after the fact, never a word. */
export function lossClaim(page: ClaimsPage): Claim {
  const { classes } = page
  const shared = { key: 'loss', title: 'Loses nothing', question: 'Keeps all that the control knew?' }
  const rest = { ...shared, plan: null, links: [] }
  if (classes === null) {
    return {
      ...rest,
      tags: [outlined('no figure')],
      text: nothingText(page, null),
      picture: null,
      stance: unsaid,
    }
  }
  const picture = classStrips(classes, armLook(page.arm))
  if ((primaryOf(page)?.word ?? null) === null) {
    return {
      ...rest,
      tags: [undecided(page) ? provisionalTag(page) : outlined('no word')],
      text: together(spanText(classes), splitText(page)),
      picture,
      stance: unsaid,
    }
  }
  const lost = classes.filter(({ shown }) => shown === 'loss').sort((a, b) => a.estimate - b.estimate)
  return {
    ...rest,
    tags: [outlined(lost.length > 0 ? 'loses some, exploratory' : 'no loss shown, exploratory')],
    text: together(classText(classes, lost), correctionText(page, classes), splitText(page)),
    picture,
    stance: stanceOf(lost),
  }
}

const unsaid: Stance = { kind: 'no word', says: 'what is lost' }

const together = (...parts: string[]): string => parts.filter((part) => part !== '').join(' ')

/** Where the primary question has no word: the figures, of which none is called a loss or a gain. */
function spanText(classes: readonly ClassDifference[]): string {
  const rising = [...classes].sort((a, b) => a.estimate - b.estimate)
  const [least, most] = [rising[0], rising.at(-1)]
  if (least === undefined || most === undefined) return ''
  const pointsOf = ({ label, name = String(label), estimate }: ClassDifference): string =>
    `${signed(estimate * 100, 1)} (class ${name})`
  const span = least === most ? pointsOf(least) : `${pointsOf(least)} to ${pointsOf(most)}`
  return `By class the difference from the control is ${span}, in points. Without a word on the primary question none is called a loss or a gain.`
}

const named = (lost: readonly ClassDifference[]): string =>
  lost.length > told
    ? `${numberWord(lost.length)} classes`
    : `${lost.length === 1 ? 'class' : 'classes'} ${listed(lost.map(({ label, name = label }) => String(name)))}`

function stanceOf(lost: readonly ClassDifference[]): Stance {
  return lost.length > 0
    ? { kind: 'contrary', says: `loses some of what the control knew about ${named(lost)}` }
    : { kind: 'open', says: 'a loss in any class' }
}

function classText(classes: readonly ClassDifference[], lost: readonly ClassDifference[]): string {
  const gained = classes.filter(({ shown }) => shown === 'gain').length
  const stay = classes.length - gained - lost.length
  const losses = lost.slice(0, told).map(({ label, name = label, estimate, interval }) => {
    const range =
      interval === null ? '' : ` (${decimal(-interval[1] * 100, 1)} to ${decimal(-interval[0] * 100, 1)})`
    return `Class ${name} loses **${decimal(-estimate * 100, 1)} points**${range}.`
  })
  const more = lost.length > told ? ` So do ${lost.length - told} more by less.` : ''
  if (classes.length > 1 && gained === classes.length) return `**All ${classes.length} classes gain.**`
  const neither = stay === 0 ? '' : `, for ${numberWord(stay)} neither is shown`
  const rest = `Of ${classes.length} classes ${numberWord(gained)} ${gained === 1 ? 'gains' : 'gain'}${neither}.`
  return lost.length === 0 ? `${rest} **None is shown to lose.**` : `${losses.join(' ')}${more} ${rest}`
}

/** What the losses and gains above are safe from, and which classes could not be asked. */
function correctionText({ alpha }: ClaimsPage, classes: readonly ClassDifference[]): string {
  const asked = classes.filter(({ holmP }) => holmP !== null).length
  const few = classes.filter(({ holmP }) => holmP === null)
  const byChance = (asked * alpha) / 2
  const corrected =
    asked < 2
      ? ''
      : `Corrected for ${asked} classes; uncorrected, about ${decimal(byChance, byChance < 0.95 ? 1 : 0)} would show a loss by chance.`
  const left =
    few.length === 0
      ? ''
      : few.length > told
        ? `For ${numberWord(few.length)} classes there are too few test examples to say.`
        : `For ${named(few)} there are too few test examples to say.`
  return [corrected, left].filter((part) => part !== '').join(' ')
}

function splitText({ byTeacher }: ClaimsPage): string {
  if (byTeacher === null) return ''
  const { arm, control } = byTeacher
  return [rightText(arm, control), wrongText(arm, control)].filter((part) => part !== '').join(' ')
}

const percent = (estimate: Estimate): string =>
  `${decimal(estimate.mean * 100, estimate.mean > 0.9 ? 1 : 0)} %`

function rightText(arm: TeacherSplit, control: TeacherSplit): string {
  const [own, other] = [arm.right.correct, control.right.correct]
  if (own === null || other === null) return ''
  return `Where the teacher is right, on ${count(arm.right.examples)} examples, so is the student in ${percent(own)}, the control in ${percent(other)}.`
}

function wrongText({ wrong }: TeacherSplit, control: TeacherSplit): string {
  const [own, other] = [wrong.correct, control.wrong.correct]
  if (own === null || other === null) return 'The teacher is never wrong here.'
  const [same, often] = [wrong.repeated, control.wrong.repeated]
  const repeats =
    same === null || often === null
      ? ''
      : `; they repeat its mistake in ${percent(same)} and ${percent(often)}`
  return `Where it is wrong, on ${count(wrong.examples)}, the student is right in ${percent(own)}, the control in ${percent(other)}${repeats}.`
}

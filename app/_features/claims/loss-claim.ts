import type { ClassDifference, ClaimsPage, TeacherSplit } from '../../../core/contracts/claims.ts'
import type { Estimate } from '../../../core/contracts/views.ts'
import { armLook } from '../../_charts/arm-look.ts'
import { classStrips } from '../../_charts/claims/class-strips.ts'
import { count, decimal, listed } from '../../_ui/format.ts'
import { nothingText, outlined } from './claim.ts'
import type { Claim, Stance } from './claim.ts'
import { numberWord } from './number-word.ts'

/** Classes that are told one by one. */
const told = 2

/** The seventh claim: what the mean may hide, class by class. Exploratory: chosen after the fact, never a word. */
export function lossClaim(page: ClaimsPage): Claim {
  const { classes } = page
  const lost = (classes ?? []).filter(({ shown }) => shown === 'loss').sort((a, b) => a.estimate - b.estimate)
  return {
    key: 'loss',
    title: 'Loses nothing',
    question: 'Keeps all that the control knew?',
    tags: [outlined(tagOf(classes, lost))],
    text:
      classes === null
        ? nothingText(page, null)
        : [classText(classes, lost), correctionText(page, classes), splitText(page)]
            .filter((part) => part !== '')
            .join(' '),
    picture: classes === null ? null : classStrips(classes, armLook(page.arm)),
    stance: stanceOf(classes, lost),
    plan: null,
    links: [],
  }
}

function tagOf(classes: readonly ClassDifference[] | null, lost: readonly ClassDifference[]): string {
  if (classes === null) return 'no figure'
  return lost.length > 0 ? 'loses some, exploratory' : 'no loss shown, exploratory'
}

const named = (lost: readonly ClassDifference[]): string =>
  lost.length > told
    ? `${numberWord(lost.length)} classes`
    : `${lost.length === 1 ? 'class' : 'classes'} ${listed(lost.map(({ label, name = label }) => String(name)))}`

function stanceOf(classes: readonly ClassDifference[] | null, lost: readonly ClassDifference[]): Stance {
  if (classes === null) return { kind: 'no word', says: 'what is lost' }
  return lost.length > 0
    ? { kind: 'contrary', says: `loses some of what the control knew about ${named(lost)}` }
    : { kind: 'open', says: 'a loss in any class' }
}

function classText(classes: readonly ClassDifference[], lost: readonly ClassDifference[]): string {
  const gained = classes.filter(({ shown }) => shown === 'gain').length
  const stay = classes.length - gained - lost.length
  const losses = lost.slice(0, told).map(({ label, name = label, estimate, interval }) => {
    const [low, high] = interval ?? [estimate, estimate]
    return `Class ${name} loses **${decimal(-estimate * 100, 1)} points** (${decimal(-high * 100, 1)} to ${decimal(-low * 100, 1)}).`
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

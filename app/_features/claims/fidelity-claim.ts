import type { ClaimsPage } from '../../../core/contracts/claims.ts'
import type { ArmFigures, Estimate } from '../../../core/contracts/views.ts'
import { armLook } from '../../_charts/arm-look.ts'
import { agreementStrips } from '../../_charts/claims/pair-strips.ts'
import { decimal } from '../../_ui/format.ts'
import { nothingText, outlined, share, teacherOf } from './claim.ts'
import type { Claim, Stance } from './claim.ts'

type Closeness = 'closer' | 'answers only' | 'further' | 'open' | 'one seed' | 'none'

/** The fourth claim: described, never a word. Agreement is bounded by the accuracies of both. */
export function fidelityClaim(page: ClaimsPage): Claim {
  const { teacher, control, arm } = page.figures
  const closeness = closenessOf(page.fidelity)
  const own = arm.metrics['test/agreement']
  const other = control.metrics['test/agreement']
  return {
    key: 'fidelity',
    title: `Does as ${teacherOf(page)} does`,
    question: 'Same answers, same probabilities?',
    tags: [outlined(tags[closeness])],
    text:
      own === undefined
        ? nothingText(page, null)
        : [
            `Agrees with ${teacherOf(page)} on **${share(own)}** of the test examples${other === undefined ? '' : `, the control on ${share(other)}`}.`,
            klText(arm, control),
            trainText(arm, control),
            'There is no second teacher to say how far two teachers agree.',
          ]
            .filter((part) => part !== '')
            .join(' '),
    picture: agreementStrips(
      [
        { label: 'Control', look: armLook(page.control), agreement: other, most: mostOf(teacher, control) },
        { label: page.arm.label, look: armLook(page.arm), agreement: own, most: mostOf(teacher, arm) },
      ],
      'most its accuracy allows',
    ),
    stance: stanceOf(closeness, teacherOf(page)),
    plan: null,
    links: [],
  }
}

/** By the intervals over seeds of the difference from the control: of the answers, then of the probabilities. */
function closenessOf({ agreement, kl }: ClaimsPage['fidelity']): Closeness {
  if (agreement === null) return 'none'
  const { mean, half } = agreement
  if (half === null) return 'one seed'
  if (mean + half < 0) return 'further'
  if (mean - half <= 0) return 'open'
  return kl !== null && kl.half !== null && kl.mean - kl.half > 0 ? 'answers only' : 'closer'
}

const tags: Record<Closeness, string> = {
  closer: 'closer than the control',
  'answers only': 'closer in answers, not in probabilities',
  further: 'further than the control',
  open: 'no closer shown',
  'one seed': 'one seed, described',
  none: 'no figure',
}

function stanceOf(closeness: Closeness, teacher: string): Stance {
  switch (closeness) {
    case 'closer':
      return { kind: 'shown', because: null }
    case 'answers only':
      return { kind: 'contrary', says: `shares more answers with ${teacher}, but not its probabilities` }
    case 'further':
      return { kind: 'contrary', says: `follows ${teacher} less than the control does` }
    case 'open':
      return { kind: 'open', says: `that it follows ${teacher}` }
    case 'one seed':
    case 'none':
      return { kind: 'no word', says: 'fidelity' }
  }
}

/** Two that are right in unlike shares differ at least on the difference. */
function mostOf(teacher: ArmFigures, student: ArmFigures): number | null {
  const [top, own] = [teacher.metrics['test/accuracy'], student.metrics['test/accuracy']]
  return top === undefined || own === undefined ? null : 1 - Math.abs(top.mean - own.mean)
}

const nats = (estimate: Estimate): string =>
  `${decimal(estimate.mean, 3)} nat${estimate.half === null ? '' : ` (±${decimal(estimate.half, 3)})`}`

function klText(arm: ArmFigures, control: ArmFigures): string {
  const [own, other] = [arm.metrics['test/kl'], control.metrics['test/kl']]
  if (own === undefined) return ''
  return `KL from the teacher ${nats(own)}${other === undefined ? '' : `, the control ${nats(other)}`}.`
}

function trainText(arm: ArmFigures, control: ArmFigures): string {
  const [own, other] = [arm.metrics['train/agreement'], control.metrics['train/agreement']]
  if (own === undefined) return ''
  return `On training examples they agree on ${share(own)}${other === undefined ? '' : ` and ${share(other)}`}.`
}

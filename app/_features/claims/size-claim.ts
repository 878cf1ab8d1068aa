import type { ClaimsPage } from '../../../core/contracts/claims.ts'
import type { ArmFigures } from '../../../core/contracts/views.ts'
import { armLook } from '../../_charts/arm-look.ts'
import { railStrips, type Rail } from '../../_charts/claims/rail-strips.ts'
import { decimal, factor, latency, megabytes, short } from '../../_ui/format.ts'
import { outlined, teacherOf } from './claim.ts'
import type { Claim, ClaimTag, Stance } from './claim.ts'

/** The second claim. Size is counted; latency alone is tested. The control has the same network. */
export function sizeClaim(page: ClaimsPage, unmeasured: string): Claim {
  const { teacher, arm } = page.figures
  const ratio = teacher.parameters / arm.parameters
  const speed = page.speed?.word ?? null
  const tags: ClaimTag[] = [outlined(sizeWord(ratio))]
  if (page.speed !== null && speed !== null) {
    tags.push({
      kind: 'chip',
      word: speed,
      text: speed === 'faster' || speed === 'slower' ? speed : `latency: ${speed}`,
    })
  }
  return {
    key: 'size',
    title: 'Smaller and faster',
    question: 'Less to store and to compute than the teacher?',
    tags,
    text: [
      sizeText(teacher, arm),
      speedText(page, unmeasured),
      'The control is exactly as small and as fast: the architecture does that, not the teacher.',
    ].join(' '),
    picture: railStrips(armLook(page.arm), armLook({ role: 'teacher', slot: null }), rails(teacher, arm)),
    stance: stanceOf(ratio, speed, teacherOf(page)),
    plan: null,
    links: [],
  }
}

const sizeWord = (ratio: number): string => `${fewer(ratio) ?? 'as many'} parameters`

const fewer = (ratio: number): string | null => factor(ratio, ['fewer', 'more'])

/** "**7.7× fewer parameters** than the teacher", "**as many parameters** as the teacher" */
function parametersText(ratio: number): string {
  return `**${sizeWord(ratio)}** ${fewer(ratio) === null ? 'as' : 'than'} the teacher`
}

function sizeText(teacher: ArmFigures, arm: ArmFigures): string {
  const memory = (figures: ArmFigures): string => `${megabytes(figures.parameters * 4)} MB`
  return `${parametersText(teacher.parameters / arm.parameters)}, ${short(arm.parameters)} of ${short(teacher.parameters)}, and ${fewer(teacher.macs / arm.macs) ?? 'as many'} multiply-accumulates an example. In memory the weights take ${memory(arm)} of ${memory(teacher)}.`
}

function speedText({ speed, figures }: ClaimsPage, unmeasured: string): string {
  const [own, top] = [figures.arm.latency, figures.teacher.latency]
  if (own === null || top === null) return unmeasured
  const ratio = speed?.ratio ?? top.p50Ms / own.p50Ms
  const faster = ratio >= 1
  const amount = (value: number): string => decimal(faster ? value : 1 / value, 2)
  const [low, high] = speed?.interval ?? [null, null]
  const range =
    low === null || high === null ? '' : ` (${amount(faster ? low : high)} to ${amount(faster ? high : low)})`
  const why = speed?.word === null && speed.reason !== null ? ` No word: ${speed.reason}.` : ''
  return `**${amount(ratio)}× ${faster ? 'faster' : 'slower'}**${range} in the median of one example at a time.${why}`
}

function rails(teacher: ArmFigures, arm: ArmFigures): Rail[] {
  const list: Rail[] = []
  list.push(
    arm.sizeBytes === null || teacher.sizeBytes === null
      ? { label: 'Parameters', arm: arm.parameters, teacher: teacher.parameters, say: short }
      : {
          label: 'Size',
          arm: arm.sizeBytes,
          teacher: teacher.sizeBytes,
          say: (bytes) => `${megabytes(bytes)} MB`,
        },
  )
  list.push({ label: 'MACs', arm: arm.macs, teacher: teacher.macs, say: short })
  if (arm.latency !== null && teacher.latency !== null) {
    list.push({
      label: 'Latency',
      arm: arm.latency.p50Ms,
      teacher: teacher.latency.p50Ms,
      interval: arm.latency.p50Interval,
      say: (ms) => `${latency(ms)} ms`,
    })
  }
  return list
}

function stanceOf(ratio: number, speed: string | null, teacher: string): Stance {
  if (ratio < 1) return { kind: 'contrary', says: `is larger than ${teacher}` }
  if (ratio === 1) return { kind: 'contrary', says: `is as large as ${teacher}` }
  if (speed === 'slower') return { kind: 'contrary', says: `is smaller, but slower than ${teacher}` }
  if (speed === 'no practical difference')
    return { kind: 'contrary', says: `is smaller, but as fast as ${teacher} within the margin` }
  if (speed === 'faster') return { kind: 'shown', because: 'architecture' }
  return speed === null ? { kind: 'no word', says: 'latency' } : { kind: 'open', says: 'a shorter latency' }
}

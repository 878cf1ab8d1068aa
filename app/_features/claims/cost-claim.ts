import type { ClaimCost, ClaimsPage } from '../../../core/contracts/claims.ts'
import { armLook } from '../../_charts/arm-look.ts'
import { costStrips } from '../../_charts/claims/cost-strips.ts'
import { count, counted, decimal, duration, signed } from '../../_ui/format.ts'
import { outlined } from './claim.ts'
import type { Claim, Stance } from './claim.ts'

/** The sixth claim: multiply-accumulates are counted and times measured; neither is tested. */
export function costClaim(page: ClaimsPage): Claim {
  const { cost, arm, control } = page
  const more = cost.teacher !== null || cost.arm.macs > cost.control.macs
  const less = !more && cost.arm.macs < cost.control.macs
  const bars = [
    { label: 'Control', colour: armLook(control).colour, time: cost.control.trainedMs, teacherMs: null },
    {
      label: arm.label,
      colour: armLook(arm).colour,
      time: cost.arm.trainedMs,
      teacherMs: cost.teacher?.trainedMs ?? null,
    },
  ]
  return {
    key: 'cost',
    title: 'Costs less',
    question: 'Less computing than training alone?',
    tags: [outlined(more ? 'costs more' : less ? 'costs less' : 'costs as much')],
    text: [timeText(cost), stepsText(page), teacherText(cost)].filter((part) => part !== '').join(' '),
    picture: bars.some(({ time }) => time === null)
      ? null
      : costStrips(bars.map(({ time, ...bar }) => ({ ...bar, ms: time?.mean ?? 0 }))),
    stance: stanceOf(more, less),
    plan: null,
    links: [],
  }
}

function stanceOf(more: boolean, less: boolean): Stance {
  if (less) return { kind: 'shown', because: null }
  return { kind: 'contrary', says: more ? 'costs more' : 'costs as much as the control' }
}

/** "12 % more time", "as long"; signs where the interval holds 0. */
function timeText({ arm, ratio }: ClaimCost): string {
  if (ratio === null) return arm.trainedMs === null ? 'No run of it has been timed.' : ''
  const change = (value: number): number => (value - 1) * 100
  const rounded = Math.round(Math.abs(change(ratio.mean)))
  const amount =
    rounded === 0 ? 'as long** as' : `${rounded} % ${ratio.mean > 1 ? 'more' : 'less'} time** than`
  const range =
    ratio.interval === null ? '' : ` (${ratio.interval.map((end) => signed(change(end), 0)).join(' to ')} %)`
  return `A student takes **${amount} the control${range}, measured beside other trainings.`
}

function stepsText({ cost, figures }: ClaimsPage): string {
  const { steps } = figures.arm
  const equal = cost.arm.macs === cost.control.macs
  const macs = equal
    ? `both compute ${giga(cost.arm.macs)} multiply-accumulates`
    : `${giga(cost.arm.macs)} multiply-accumulates against ${giga(cost.control.macs)}`
  return steps === null ? `Counted, ${macs}.` : `In ${count(steps)} steps ${macs}.`
}

/** "3.4 billion"; the words are shorter than their zeros. */
function giga(macs: number): string {
  const units = [
    [1e15, 'quadrillion'],
    [1e12, 'trillion'],
    [1e9, 'billion'],
    [1e6, 'million'],
  ] as const
  const [size, name] = units.find(([least]) => macs >= least) ?? [1, '']
  const value = macs / size
  return `${decimal(value, value < 10 && size > 1 ? 1 : 0)}${name === '' ? '' : ` ${name}`}`
}

function teacherText({ teacher }: ClaimCost): string {
  if (teacher === null) return 'It needs no teacher.'
  const took = teacher.trainedMs === null ? '' : `${duration(teacher.trainedMs)} and `
  const spent = `${took}${giga(teacher.macs)} more`
  return teacher.reused
    ? `Its teacher was trained in an earlier experiment and used again: ${spent}, spent there.`
    : `The teacher comes first: ${spent}, once for ${counted(teacher.students, 'student')}. With a teacher that exists already this part is spared.`
}

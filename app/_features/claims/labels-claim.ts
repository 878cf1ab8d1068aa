import type { ClaimsPage, LabelPoint } from '../../../core/contracts/claims.ts'
import { armLook } from '../../_charts/arm-look.ts'
import { labelStrips } from '../../_charts/claims/label-strips.ts'
import { count, counted, duration, signed } from '../../_ui/format.ts'
import { outlined } from './claim.ts'
import type { Claim, Stance } from './claim.ts'

type Trend = 'untested' | 'more' | 'less' | 'open'

/** The eighth claim: not one experiment's to test. Others that differ in the labels alone are shown, exploratory. */
export function labelsClaim(page: ClaimsPage): Claim {
  const { labels } = page
  const trend = trendOf(labels.points)
  const others = labels.points.flatMap(({ experiment, labels: n }) =>
    experiment === null ? [] : [{ href: `/experiments/${experiment.id}`, label: `${count(n)} labels` }],
  )
  return {
    key: 'labels',
    title: 'Needs fewer labels',
    question: 'Helps more when labels are scarce?',
    tags: [outlined(tags[trend])],
    text: [usedText(labels), others.length === 0 ? '' : pointsText(labels.points), planText(labels)]
      .filter((part) => part !== '')
      .join(' '),
    picture: labelStrips(labels, armLook(page.arm)),
    stance: stances[trend],
    plan: labels.plan,
    links: others,
  }
}

/** Two gains differ where their intervals, each at 95 %, do not meet: stricter than 5 % for their difference. */
function trendOf(points: readonly LabelPoint[]): Trend {
  const [fewest, most] = [points[0], points.at(-1)]
  if (fewest === undefined || most === undefined || fewest.labels === most.labels) return 'untested'
  if (fewest.interval === null || most.interval === null) return 'open'
  if (fewest.interval[0] > most.interval[1]) return 'more'
  return fewest.interval[1] < most.interval[0] ? 'less' : 'open'
}

const tags: Record<Trend, string> = {
  untested: 'not tested',
  more: 'gains more with fewer, exploratory',
  less: 'gains less with fewer, exploratory',
  open: 'no trend shown, exploratory',
}

const stances: Record<Trend, Stance> = {
  untested: { kind: 'untested' },
  more: { kind: 'shown', because: null },
  less: { kind: 'contrary', says: 'gains less with fewer labels' },
  open: { kind: 'open', says: 'a larger gain with fewer labels' },
}

function usedText({ used, all }: ClaimsPage['labels']): string {
  return used >= all
    ? `This protocol used all ${count(all)} labels.`
    : `This protocol used ${count(used)} of ${count(all)} labels.`
}

function pointsText(points: readonly LabelPoint[]): string {
  const parts = points.map(({ labels, estimate, interval }) => {
    const range = interval === null ? '' : ` (${interval.map((end) => signed(end * 100, 1)).join(' to ')})`
    return `**${signed(estimate * 100, 1)} points**${range} with ${count(labels)}`
  })
  return `The gain in accuracy was ${parts.join('; ')}.`
}

function planText({ plan }: ClaimsPage['labels']): string {
  if (plan === null) return 'There is no smaller number with a label of each class.'
  const time = plan.estimateMs === null ? '' : `, about ${duration(plan.estimateMs)}`
  return `The same arms with ${counted(plan.labelsPerSeed, 'label')} would test it: ${counted(plan.runs, 'run')}${time} on this machine.`
}

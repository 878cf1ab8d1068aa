import type { ArmRole } from '../contracts/arm.ts'
import type { ComparisonDetail } from '../contracts/verdict.ts'
import type { NextStep, VerdictPage } from '../contracts/verdict-page.ts'
import { formatCount } from '../evaluation/format-number.ts'
import { counted, joinAnd, marginAmount, withinSentence } from './phrases.ts'
import { planningText } from './planning-text.ts'

export interface NextStepsInput {
  state: VerdictPage['state']
  comparisons: readonly ComparisonDetail[]
  labels: Readonly<Record<string, string>>
  roles: Readonly<Record<string, ArmRole>>
  metric: 'accuracy' | 'nll'
  margin: number
  extension: VerdictPage['extension']
  /** Seeds of each arm that were planned in all, and the last of them. */
  plannedSeeds: number
  lastSeed: number
  labelsPerSeed: number
  classes: number
  /** "about 70 min" of a new experiment with so many seeds; null where this machine's speed is not known. */
  costText(seeds: number): string | null
}

const fewestForWord = 5
const mostSeeds = 100

const names = (input: NextStepsInput, comparisons: readonly ComparisonDetail[]): string =>
  joinAnd(comparisons.map(({ arm }) => withinSentence(input.labels[arm] ?? arm)))

const withCost = (input: NextStepsInput, seeds: number): string => {
  const cost = input.costText(seeds)
  return cost === null ? '' : `, ${cost}`
}

const again = (input: NextStepsInput, seeds: number): NextStep['action'] => ({
  kind: 'plan',
  seeds,
  firstSeed: input.lastSeed + 1,
})

const extend = (input: NextStepsInput): NextStep[] => {
  const { extension, labels } = input
  if (extension === null) return []
  const arms = joinAnd(extension.arms.map((arm) => withinSentence(labels[arm] ?? arm)))
  const time = extension.estimateMs === null ? '' : `, ${timeText(extension.estimateMs)}`
  return [
    {
      title: `Settle ${arms}`,
      text: `The protocol planned a further look at ${extension.seeds} seeds: ${counted(extension.runs, 'run')} more${time}. The words of this page stand.`,
      action: { kind: 'extend' },
    },
  ]
}

const settle = (input: NextStepsInput): NextStep[] => {
  const { extension, metric, margin, comparisons } = input
  const asked = new Set(extension?.arms ?? [])
  const undecided = comparisons.filter(({ word, arm }) => word === 'inconclusive' && !asked.has(arm))
  const bySeeds = undecided.filter(
    ({ planning }) => planning?.testSetFactor === null && planning.needed !== null,
  )
  const byTestSet = undecided.filter(({ planning }) => planning?.testSetFactor != null)
  const steps: NextStep[] = []
  if (bySeeds.length > 0) {
    const wanted = Math.max(...bySeeds.map(({ planning }) => planning?.neededUpper ?? planning?.needed ?? 0))
    const seeds = Math.min(wanted, mostSeeds)
    const [only] = bySeeds
    const text =
      only !== undefined && bySeeds.length === 1
        ? `It needs ${planningText(only, metric, margin)}`
        : `The most demanding of them needs ${formatCount(wanted)} seeds per arm to see ${marginAmount(metric, margin)} in 4 cases of 5.`
    steps.push({
      title: `Settle ${names(input, bySeeds)}`,
      text: `${text} ${extension === null ? 'The protocol planned no further look, so this' : 'This'} is a new experiment with new seeds${withCost(input, seeds)}.`,
      action: again(input, seeds),
    })
  }
  for (const one of byTestSet) {
    steps.push({
      title: `Get more test examples for ${names(input, [one])}`,
      text: `With this test set ${planningText(one, metric, margin)}`,
      action: null,
    })
  }
  return steps
}

const repeat = (input: NextStepsInput): NextStep[] => {
  const { state, comparisons, plannedSeeds } = input
  if (comparisons.some(({ word }) => word !== null)) return []
  const seeds = Math.max(plannedSeeds, fewestForWord)
  if (state === 'stopped') {
    return [
      {
        title: 'Start again',
        text: `What was stopped early has no verdict. A new experiment with new seeds can decide${withCost(input, seeds)}.`,
        action: again(input, seeds),
      },
    ]
  }
  if (plannedSeeds >= 3) return []
  return [
    {
      title: 'Take more seeds',
      text: `${counted(plannedSeeds, 'seed')} cannot decide. With ${seeds} seeds of each arm a verdict is possible${withCost(input, seeds)}.`,
      action: again(input, seeds),
    },
  ]
}

const transfer = (input: NextStepsInput): NextStep[] => {
  const { comparisons, roles, labelsPerSeed, classes } = input
  const helped = comparisons.filter(({ word, arm }) => word === 'helped' && roles[arm] === 'distillation')
  const fewer = Math.max(classes, Math.round(labelsPerSeed / 4))
  if (helped.length === 0 || fewer >= labelsPerSeed) return []
  return [
    {
      title: 'Check that it holds with fewer labels',
      text: `The gain was seen with ${formatCount(labelsPerSeed)} labels. Whether it grows or goes with ${formatCount(fewer)} is not tested here.`,
      action: { kind: 'fewer-labels', labelsPerSeed: fewer },
    },
  ]
}

/** What to do next, the most useful first; nothing while the words are still to come. */
export const nextSteps = (input: NextStepsInput): NextStep[] => {
  if (input.state === 'waiting' || input.state === 'provisional') return []
  return [...extend(input), ...settle(input), ...repeat(input), ...transfer(input)]
}

/** "about 40 s", "about 12 min", "about 3 h 30 min" */
export const timeText = (ms: number): string => {
  const seconds = ms / 1000
  if (seconds < 90) return `about ${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `about ${minutes} min`
  const rest = minutes % 60
  return `about ${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`
}

import { judgedOf } from '../../../core/metrics/registry.ts'
import type { EstimateBasis, PlannedPower, PlanPreview } from '../../../core/contracts/plan-preview.ts'
import type { PrimaryMetric } from '../../../core/contracts/protocol.ts'
import { formatPlain } from '../../../core/text/format-number.ts'
import { count, counted, duration, marginAmount, timeSpan } from '../../_ui/format.ts'

interface MetricUnit {
  scale: number
  digits: number
  unit: string
}

export const metricUnit = (metric: PrimaryMetric): MetricUnit => {
  const { scale, tableDigits, many } = judgedOf(metric)
  return { scale, digits: tableDigits, unit: many }
}

/** "±0.96" */
export function detects(metric: PrimaryMetric, value: number): string {
  const { scale, digits } = metricUnit(metric)
  return `±${(value * scale).toFixed(digits)}`
}

/** The verdict on a plan: a lead that answers, and what it means; on a guess it says that it is one. */
export function planVerdict(power: PlannedPower, metric: PrimaryMetric): { lead: string; text: string } {
  const { lead, text } = verdictOf(power, metric)
  return {
    lead,
    text: power.guess
      ? `${text} This rests on a guess of the spread, which the first experiment on this data replaces.`
      : text,
  }
}

function verdictOf(power: PlannedPower, metric: PrimaryMetric): { lead: string; text: string } {
  const margin = marginAmount(metric, power.margin)
  const changes = judgedOf(metric).noun
  if (power.enough) {
    return {
      lead: 'Enough for your margin.',
      text: `If a method truly changes ${changes} by ${margin}, this plan says so ${timesIn(power.powerAtMargin)}.${noDifference(power)}`,
    }
  }
  const only = power.powerAtMargin < 0.01 ? '' : 'only '
  const seen = `A true change of ${margin} would be seen ${only}${timesIn(power.powerAtMargin)}, and would otherwise end inconclusive.`
  if (power.testSetFactor !== null) {
    const { scale, digits, unit } = metricUnit(metric)
    const smallest = (power.leastOfTestSet * scale).toFixed(digits)
    return {
      lead: 'No number of seeds is enough with this test set.',
      text: `It would have to be more than ${factor(power.testSetFactor)} times as large (now ${count(power.examples)} examples), or the margin more than ${smallest} ${unit}. ${seen}`,
    }
  }
  return { lead: 'Too few seeds for your margin.', text: `${seen} ${seedsThatDo(power)}` }
}

/** "11 to 16 seeds would do." */
function seedsThatDo({ needed }: PlannedPower): string {
  if (needed === null) return 'More than 100 seeds of each arm would be needed.'
  const { seeds, upper } = needed
  if (upper === null) return `${seeds} seeds or more would do.`
  return upper > seeds ? `${seeds} to ${upper} seeds would do.` : `${seeds} seeds would do.`
}

/** What the plan says where there is nothing to find; only where that is likely enough to be counted on. */
function noDifference({ chanceOfNoDifference: chance }: PlannedPower): string {
  return chance < 0.1
    ? ' If there is no difference at all, it will rarely be able to say so.'
    : ` If there is no difference at all, it says so ${timesIn(chance)}.`
}

/** A chance as people say it, rounded down: "4 times in 5", "99 times in 100". */
export function timesIn(chance: number): string {
  if (chance >= 0.99) return '99 times in 100'
  if (chance >= 0.8 && chance < 0.9) return '4 times in 5'
  if (chance >= 0.75 && chance < 0.8) return '3 times in 4'
  const tenths = Math.floor(chance * 10 + 1e-9)
  if (tenths >= 1) return tenths === 1 ? 'once in 10' : `${tenths} times in 10`
  const hundredths = Math.floor(chance * 100 + 1e-9)
  if (hundredths < 1) return 'in fewer than 1 case of 100'
  return hundredths === 1 ? 'once in 100' : `${hundredths} times in 100`
}

const factor = (value: number): string => (value < 9.95 ? value.toFixed(1) : count(Math.round(value)))

/** Under the table: on what the figures rest. */
export function basisText(power: PlannedPower, metric: PrimaryMetric, comparisons: number): string {
  const { scale, digits, unit } = metricUnit(metric)
  const shaded = power.seedSdLow < power.seedSdHigh ? ', shaded' : ''
  const sd = (power.seedSd * scale).toFixed(digits)
  const over = comparisons === 1 ? '1 comparison' : `${count(comparisons)} comparisons`
  return `Spread between seeds: ${sd} ${unit}, ${power.basis}${shaded}. 80\u00a0% power, α\u00a0${formatPlain(power.alpha)} over ${over}.`
}

/** What the looks cost, where there is more than one: "First look: 41 runs, 70 min; all looks: at most 81 runs, 2 h." */
export function looksText({ runs, time, allLooks, power }: PlanPreview): string {
  if (allLooks === null) return ''
  const cost = (work: Pick<PlanPreview, 'runs' | 'time'>): string =>
    work.time === null ? counted(work.runs, 'run') : `${counted(work.runs, 'run')}, ${timeSpan(work.time)}`
  const last = power === null ? '' : `This is said of the last look, at ${power.seeds} seeds. `
  return `${last}First look: ${cost({ runs, time })}; all looks: at most ${cost(allLooks)}.`
}

/** What the time holds, and on what it rests. */
export function timeBasisText({ kind, measured, aheadMs }: EstimateBasis): string {
  const ahead = aheadMs < 1_000 ? '' : `, and what is in the queue before it, about ${duration(aheadMs)}`
  return `The time is that of all runs and of the measurement of latency after them${ahead}. ${basisOf(kind, measured)}`
}

function basisOf(kind: EstimateBasis['kind'], measured: number): string {
  switch (kind) {
    case 'typical':
      return 'It is a guess until this machine has been measured, a matter of seconds.'
    case 'probe':
      return 'It rests on a short probe of this machine; the first run that ends makes it sharper.'
    case 'runs':
      return `It rests on ${measured === 0 ? 'the runs under way' : `the last ${counted(measured, 'job')}`} on this machine.`
  }
}

import type { Interval } from '../../core/mathematics/interval.ts'
import type { ProblemComparison, VerdictResult } from '../../core/contracts/verdict-problem.ts'
import { formatCount, formatPlain, formatSigned } from '../../core/text/format-number.ts'
import { digitsFor, levelText } from '../../core/wording/phrases.ts'
import { alignRows } from './align-rows.ts'
import { escapeControls } from './escape-controls.ts'

/** Results as text for a terminal: a table and the sentences of every problem; nothing for none. */
export function problemTable(results: readonly VerdictResult[]): string {
  const texts = results.map((result, index) =>
    [...(results.length === 1 ? [] : [`Problem ${index}`]), ...linesOf(result)].join('\n'),
  )
  return texts.length === 0 ? '' : `${texts.join('\n\n')}\n`
}

function linesOf({ alpha, margin, comparisons }: VerdictResult): string[] {
  const withTeacher = comparisons.some(({ teacher }) => teacher !== undefined)
  const withSeeds = comparisons.some(isOpen)
  const amount = formatPlain(margin)
  const level = levelText(alpha)
  const figures = ['difference', `${level} alone`, `${level} corrected`, 'p', 'Holm p']
  const head = [
    'method',
    ...figures,
    ...(withSeeds ? [`seeds to show ±${amount}`] : []),
    ...(withTeacher ? ['teacher', 'gap recovered'] : []),
    'verdict',
  ]
  const rows = comparisons.map((one) => [
    escapeControls(one.arm),
    ...figuresOf(one, margin),
    probability(one.p),
    probability(one.holmP),
    ...(withSeeds ? [isOpen(one) ? needed(one.seeds) : ''] : []),
    ...(withTeacher ? [one.teacher?.word ?? '–', recovered(one.gapRecovered)] : []),
    one.word ?? 'no verdict',
  ])
  return [
    `Margin ${amount}; positive differences are improvements.`,
    '',
    ...alignRows([head, ...rows]),
    '',
    ...comparisons.map((one) => escapeControls(remarked(one))),
  ]
}

/** Seeds that show a difference of the margin are of use where there may be one to show. */
const isOpen = ({ word }: ProblemComparison): boolean => word === 'inconclusive'

/** As the sentence rounds them. The interval at α may need more digits, not to end on 0 or the margin. */
function figuresOf({ estimate, individual, simultaneous }: ProblemComparison, margin: number): string[] {
  const digits = digitsFor('score', simultaneous ?? [estimate ?? 0], margin)
  const alone = individual === null ? digits : Math.max(digits, digitsFor('score', individual, margin))
  return [signed(estimate, digits), range(individual, alone), range(simultaneous, digits)]
}

/** "+0.53 (+0.40 to +0.67)" */
function recovered(gap: ProblemComparison['gapRecovered']): string {
  if (gap === undefined || gap.estimate === null) return '–'
  return `${signed(gap.estimate, 2)} (${gap.interval === null ? 'no interval' : range(gap.interval, 2)})`
}

/** The sentence with what it does not say itself. */
function remarked({ sentence, note }: ProblemComparison): string {
  return note === null ? sentence : `${sentence} (${note})`
}

const signed = (value: number | null, digits: number): string =>
  value === null ? '–' : formatSigned(value, digits)

const range = (ends: Interval | null, digits: number): string =>
  ends === null ? '–' : ends.map((end) => formatSigned(end, digits)).join(' to ')

const probability = (p: number | null): string => (p === null ? '–' : p < 0.001 ? '< 0.001' : p.toFixed(3))

function needed({ needed: plain, neededUpper, testSetFactor, sd }: ProblemComparison['seeds']): string {
  if (testSetFactor !== null) return `test set × ${testSetFactor.toFixed(1)}`
  if (plain === null) return sd === null ? '–' : 'over 10,000'
  if (neededUpper === plain) return formatCount(plain)
  return `${formatCount(plain)} to ${neededUpper === null ? 'over 10,000' : formatCount(neededUpper)}`
}

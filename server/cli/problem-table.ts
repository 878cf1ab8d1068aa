import type { Interval } from '../../core/contracts/verdict.ts'
import type { ProblemComparison, VerdictResult } from '../../core/contracts/verdict-problem.ts'
import { formatPlain, formatSigned } from '../../core/evaluation/format-number.ts'
import { levelText } from '../../core/statistics/phrases.ts'
import { alignRows } from './align-rows.ts'

/** Results as text for a terminal: a table and the sentences of every problem. */
export function problemTable(results: readonly VerdictResult[]): string {
  const texts = results.map((result, index) =>
    [...(results.length === 1 ? [] : [`Problem ${index}`]), ...linesOf(result)].join('\n'),
  )
  return `${texts.join('\n\n')}\n`
}

function linesOf({ alpha, margin, comparisons }: VerdictResult): string[] {
  const withTeacher = comparisons.some(({ teacher }) => teacher !== undefined)
  const digits = digitsOf(comparisons)
  const level = levelText(alpha)
  const head = ['method', 'difference', `${level} alone`, `${level} corrected`, 'p', 'Holm p', 'seeds needed']
  const rows = comparisons.map((one) => [
    one.arm,
    signed(one.estimate, digits),
    range(one.individual, digits),
    range(one.simultaneous, digits),
    probability(one.p),
    probability(one.holmP),
    needed(one.seeds),
    ...(withTeacher ? [one.teacher?.word ?? '–', range(one.gapRecovered?.interval ?? null, 2)] : []),
    one.word ?? 'no verdict',
  ])
  return [
    `Margin ${formatPlain(margin)}; positive differences are improvements.`,
    '',
    ...alignRows([[...head, ...(withTeacher ? ['teacher', 'gap recovered'] : []), 'verdict'], ...rows]),
    '',
    ...comparisons.map(({ sentence, note }) => (note === null ? sentence : `${sentence} (${note})`)),
  ]
}

/** Three figures of the largest end in sight. */
function digitsOf(comparisons: readonly ProblemComparison[]): number {
  const ends = comparisons.flatMap((one) => [one.estimate ?? 0, ...(one.simultaneous ?? [])])
  const size = Math.max(...ends.map(Math.abs))
  return size > 0 ? Math.min(Math.max(2 - Math.floor(Math.log10(size)), 0), 12) : 3
}

const signed = (value: number | null, digits: number): string =>
  value === null ? '–' : formatSigned(value, digits)

const range = (ends: Interval | null, digits: number): string =>
  ends === null ? '–' : ends.map((end) => formatSigned(end, digits)).join(' to ')

const probability = (p: number | null): string => (p === null ? '–' : p < 0.001 ? '< 0.001' : p.toFixed(3))

function needed({ needed: plain, neededUpper, testSetFactor, sd }: ProblemComparison['seeds']): string {
  if (testSetFactor !== null) return `test set × ${testSetFactor.toFixed(1)}`
  if (plain === null) return sd === null ? '–' : 'over 10,000'
  return neededUpper === null || neededUpper === plain ? `${plain}` : `${plain} to ${neededUpper}`
}

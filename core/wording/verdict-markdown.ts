import type { SaidComparison, SaidTeacher } from './say-comparison.ts'
import type { Interval } from '../mathematics/interval.ts'
import { formatPlain } from '../text/format-number.ts'
import { escapeMarkdown } from '../text/escape-markdown.ts'
import { counted } from '../text/grammar.ts'
import { digitsFor, levelText, marginAmount, sayingsOf, signedAmount, signedRange } from './phrases.ts'

export interface MarkdownInput {
  question: string
  /** The data set as shown, "MNIST". */
  data: string
  headline: string
  text: string
  comparisons: readonly SaidComparison[]
  /** The answer to "Is it the teacher?", and the comparisons with the teacher. */
  smoothing?: string | null
  teacher?: readonly SaidTeacher[]
  labels: Readonly<Record<string, string>>
  margin: number
  alpha: number
  corrected: number
  scope: string
  /** What a reader must know beside the scope, or null. */
  remark?: string | null
  /** SHA-256 of the protocol, hexadecimal. */
  protocolHash: string
}

const tableRow = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`

const comparisonRow = (input: MarkdownInput, comparison: SaidComparison): string => {
  const { margin, labels } = input
  const { metric, estimate, individual, simultaneous, word, note, qualifier, seeds, look } = comparison
  // Two decimals of a point and three of a nat, as in the page's tables, more where rounding would mislead.
  const ends = [...(individual ?? []), ...(simultaneous ?? [])]
  const digits = Math.max(digitsFor(metric, ends, margin), sayingsOf(metric).tableDigits)
  const range = (interval: Interval | null): string =>
    interval === null ? '–' : signedRange(metric, interval, digits)
  return tableRow([
    labels[comparison.arm] ?? comparison.arm,
    estimate === null ? '–' : signedAmount(metric, estimate, digits),
    range(individual),
    range(simultaneous),
    look.of > 1 ? `${seeds}, look ${look.index + 1} (${levelText(look.alpha)})` : String(seeds),
    word ?? 'no word',
    [qualifier, note].filter((text) => text !== null && text !== '').join('; '),
  ])
}

const teacherLines = ({ teacher = [] }: MarkdownInput): string[] =>
  teacher.length === 0
    ? []
    : [
        '**As good as the teacher?**',
        '',
        ...teacher.map(({ sentence }) => `- ${escapeMarkdown(sentence)}`),
        '',
      ]

/** The answer, the comparisons and the scope as Markdown, to be pasted into a report or an issue. */
export const verdictMarkdown = (input: MarkdownInput): string => {
  const { question, data, headline, text, comparisons, margin, alpha, corrected, scope, protocolHash } = input
  const metric = comparisons[0]?.metric ?? 'accuracy'
  // With several looks each row says its own level.
  const level = comparisons.some(({ look }) => look.of > 1) ? 'Interval' : levelText(alpha)
  const { noun } = sayingsOf(metric)
  const head = sayingsOf(metric).lead === '' ? `Difference in ${noun}` : `Improvement in ${noun}`
  return [
    `## ${escapeMarkdown(question)}`,
    '',
    `**${escapeMarkdown(headline)}**`,
    '',
    escapeMarkdown(text),
    '',
    tableRow(['Method', head, `${level}, alone`, `${level}, jointly`, 'Seeds', 'Verdict', 'Remark']),
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...comparisons.map((comparison) => comparisonRow(input, comparison)),
    '',
    ...comparisons.map((comparison) => `- ${escapeMarkdown(comparison.sentence)}`),
    '',
    ...(input.smoothing == null ? [] : [`**Is it the teacher?** ${escapeMarkdown(input.smoothing)}`, '']),
    ...teacherLines(input),
    `Data ${escapeMarkdown(data)}. Margin ±${marginAmount(metric, margin)} of test ${sayingsOf(metric).noun}, alpha ${formatPlain(alpha)} over ${counted(corrected, 'comparison')}.`,
    '',
    escapeMarkdown(scope),
    '',
    ...(input.remark == null ? [] : [escapeMarkdown(input.remark), '']),
    `Protocol ${protocolHash.slice(0, 16)}, frozen before the first test figure was seen.`,
    '',
  ].join('\n')
}

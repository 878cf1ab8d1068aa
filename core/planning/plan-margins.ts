import { judgedOf } from '../metrics/registry.ts'
import {
  SecondaryMargins,
  type DataSpec,
  type ExperimentDraft,
  type PrimaryMetric,
} from '../contracts/protocol.ts'
import { formatPlain } from '../text/format-number.ts'
import type { DraftProblem } from './draft-problem.ts'

/** The margins of the secondary questions: those that were chosen, else the usual ones (docs/statistics.md, margins). */
export function planMargins(
  { margin, margins }: Pick<ExperimentDraft, 'margin' | 'margins'>,
  { test }: Pick<DataSpec, 'test'>,
): SecondaryMargins {
  return {
    accuracy: margins.accuracy ?? judgedOf('accuracy').usualMargin(test),
    nll: margins.nll ?? judgedOf('nll').usualMargin(test),
    brier: margins.brier ?? judgedOf('brier').usualMargin(test),
    gap: margins.gap ?? judgedOf('gap').usualMargin(test),
    latency: margins.latency ?? 0.05,
    teacher: margins.teacher ?? margin,
  }
}

/**
 * What a margin may be, in its metric's own units: below the least no test set tells anything, and figures that are
 * divided by its square leave the range of what can be read.
 */
export const marginBounds = { least: 1e-5, most: 100 } as const

/** In what a person writes a margin that the protocol holds as a fraction; null: as it is. */
export type Written = 'points' | '%' | null

const bound = (value: number, written: Written): string =>
  written === null ? formatPlain(value) : `${formatPlain(value)} (${formatPlain(value * 100)} ${written})`

/** What is wrong with a margin, or null. */
export function marginProblem(margin: number, written: Written): string | null {
  if (!(margin > 0))
    return 'The margin must be more than 0: it is the smallest difference that would matter to you.'
  if (margin < marginBounds.least)
    return `The margin is too small: at least ${bound(marginBounds.least, written)}.`
  return margin <= marginBounds.most
    ? null
    : `The margin is too large: at most ${bound(marginBounds.most, written)}.`
}

/** Each margin that was chosen and cannot be one. */
export function checkMargins({ margins, primaryMetric }: ExperimentDraft): DraftProblem[] {
  return SecondaryMargins.keyof().options.flatMap((question) => {
    const chosen = margins[question]
    const message = chosen === undefined ? null : marginProblem(chosen, writtenAs(question, primaryMetric))
    return message === null ? [] : [{ path: `margins.${question}`, message }]
  })
}

export function writtenAs(question: keyof SecondaryMargins, metric: PrimaryMetric): Written {
  if (question === 'latency') return '%'
  const { scale } = judgedOf(question === 'teacher' ? metric : question)
  return scale === 100 ? 'points' : null
}

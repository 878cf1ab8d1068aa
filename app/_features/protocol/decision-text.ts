import { judgedOf } from '../../../core/metrics/registry.ts'
import { SecondaryMargins, type Protocol } from '../../../core/contracts/protocol.ts'
import { allOf } from '../../../core/text/grammar.ts'
import { counted, listed, marginAmount } from '../../_ui/format.ts'
import { evaluatedText } from '../experiment/training-text.ts'

/** "1 to 8", or the list where they do not follow each other. */
export function seedsText(seeds: readonly number[]): string {
  const first = seeds[0] ?? 0
  const inRow = seeds.every((seed, index) => seed === first + index)
  if (seeds.length === 1) return `Seed ${first}`
  return inRow && seeds.length > 2
    ? `Seeds ${first} to ${first + seeds.length - 1}`
    : `Seeds ${listed(seeds.map(String))}`
}

/** Which seeds there are, when words are read, and what happens to arms that are not decided then. */
export function looksText({ seeds, arms, looks, paired, continuation }: Protocol): string {
  const pairing = paired ? 'paired: difference of the same seed, same examples' : 'unpaired'
  const first = allOf(arms.length * (looks[0]?.seeds ?? 0), 'student run')
  switch (continuation) {
    case 'none':
      return `${seedsText(seeds)} in every arm, ${pairing}. One look, when ${first} have ended. No extension was planned, so seeds added later give no word.`
    case 'on-request':
      return `${plannedText(seeds, looks)}, ${pairing}. The first look is taken when ${first} have ended. The seeds of the next are added when a person asks for them, to the control and to the arms that are not decided; a decided word stands. Other seeds added later give no word.`
    case 'until-decided':
      return `${plannedText(seeds, looks)}, ${pairing}. The first look is taken when ${first} have ended. The control and the arms that are not decided go on by themselves to the next; an arm stops with its word, or when no number of seeds would decide it with this test set.`
  }
}

const plannedText = (seeds: readonly number[], looks: Protocol['looks']): string =>
  `${seedsText(seeds)} at most in every arm, looks at ${listed(looks.map((look) => String(look.seeds)))} seeds`

/** A level as it is printed, 0.0125. */
const level = (alpha: number): number => Number(alpha.toPrecision(3))

/** What decides, as named facts. */
export function countsRows(protocol: Protocol): [string, string][] {
  return [
    ['Primary metric', `${judgedOf(protocol.primaryMetric).noun} on the test set`],
    ['Margin', marginAmount(protocol.primaryMetric, protocol.margin)],
    ['α', alphaText(protocol)],
    ...(protocol.looks.length === 1 ? [] : protocol.looks.map((look) => lookRow(protocol, look))),
    ['Interval', `${protocol.paired ? 'paired' : 'unpaired'}, seeds × examples`],
    ['Checkpoint', `${evaluatedText(protocol.student.training)}, in every arm`],
  ]
}

function alphaText({ arms, alpha, looks }: Protocol): string {
  const comparisons = arms.length - 1
  const over = comparisons === 1 ? 'one comparison' : `over ${comparisons} comparisons`
  if (looks.length > 1) return `${alpha} in all, ${over}, spent in parts over ${looks.length} looks`
  return comparisons === 1 ? `${alpha}, ${over}` : `${alpha} ${over}, so ${level(alpha / comparisons)} each`
}

function lookRow({ arms }: Protocol, { seeds, alpha }: Protocol['looks'][number]): [string, string] {
  const comparisons = arms.length - 1
  const each = comparisons === 1 ? '' : `, so ${level(alpha / comparisons)} each`
  return [`Look at ${counted(seeds, 'seed')}`, `spends ${level(alpha)}${each}`]
}

/** Smallest differences that matter for the questions beside the primary one. */
export function marginRows({ primaryMetric, margins }: Protocol): [string, string][] {
  if (margins === null) return []
  const rows: Record<keyof SecondaryMargins, [string, string]> = {
    accuracy: ['Accuracy', marginAmount('accuracy', margins.accuracy)],
    nll: ['NLL', marginAmount('nll', margins.nll)],
    brier: ['Brier score', marginAmount('brier', margins.brier)],
    gap: ['Generalization gap', marginAmount('gap', margins.gap)],
    latency: ['Latency', `${Number((margins.latency * 100).toPrecision(3))} %`],
    teacher: ['Against the teacher', marginAmount(primaryMetric, margins.teacher)],
  }
  return SecondaryMargins.keyof()
    .options.filter((question) => question !== primaryMetric)
    .map((question) => rows[question])
}

import { primaryOf } from '../../../core/metrics/registry.ts'
import type { PrimaryMetric } from '../../../core/contracts/protocol.ts'
import type { LookView, VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { ArmView } from '../../../core/contracts/views.ts'
import { formatPlain } from '../../../core/text/format-number.ts'
import { capital } from '../../../core/text/grammar.ts'
import { levelText, marginAmount, withinSentence } from '../../../core/wording/phrases.ts'
import { planningText } from '../../../core/wording/planning-text.ts'
import type { WideAndNarrow } from '../../_charts/forest/forest-head.tsx'
import { nameOf } from '../../_charts/forest/forest-items.ts'
import { counted } from '../../_ui/format.ts'

/** The side questions are shown once there are words, or will be none. */
export function asksMore({ state, comparisons }: Pick<VerdictPage, 'state' | 'comparisons'>): boolean {
  return state === 'decided' || state === 'stopped' || comparisons.some(({ word }) => word !== null)
}

/** What the forest stands on, at the right of its heading. */
export function forestRemark(verdict: VerdictPage): string {
  const examples = counted(verdict.examples, 'test example')
  const planned = counted(verdict.plannedSeeds, 'seed')
  switch (verdict.state) {
    case 'waiting':
      return `${planned} planned · rows fill when a seed is in`
    case 'provisional':
      return `${verdict.seedsIn} of ${planned} · updates when a seed finishes`
    case 'stopped':
      return `${stoppedAt(verdict) ?? `${planned} planned`} · ${examples} · ${stoppedText(verdict)}`
    case 'decided':
      return `${planned}, ${verdict.paired ? 'paired' : 'unpaired'} · ${examples} · frozen before any test figure was read`
  }
}

/** "2 of 3 seeds", where that is so for every arm; null where they were stopped at different ones, or at none. */
function stoppedAt({
  comparisons,
  plannedSeeds,
}: Pick<VerdictPage, 'comparisons' | 'plannedSeeds'>): string | null {
  const [at, ...others] = new Set(comparisons.map(({ seeds }) => seeds))
  return at === undefined || others.length > 0 || at >= plannedSeeds
    ? null
    : `${at} of ${counted(plannedSeeds, 'seed')}`
}

function stoppedText({ comparisons }: Pick<VerdictPage, 'comparisons'>): string {
  const arms = comparisons.length
  const without = comparisons.filter(({ word }) => word === null).length
  if (without === arms) return 'stopped before the planned seeds'
  return without === 0
    ? 'stopped after the words were read'
    : `${without} of ${counted(arms, 'arm')} without a word`
}

/** "secondary, 5 % for this question" */
export function secondaryText(alpha: number, several = false): string {
  return `secondary, ${formatPlain(Number((alpha * 100).toPrecision(6)))} % for ${several ? 'each' : 'this'} question`
}

/** Margin above a plot, and its short form. */
export function marginLabel(metric: PrimaryMetric, margin: number): WideAndNarrow {
  const amount = marginAmount(metric, margin)
  return { wide: `±${amount}`, narrow: `±${amount.split(' ')[0] ?? ''}` }
}

/** Axis of differences from something, "the control". */
export function axisText(metric: PrimaryMetric, from: string): WideAndNarrow {
  const { figure, primary, judged } = primaryOf(metric)
  const { noun, many } = judged
  return figure.direction === 'higher'
    ? {
        wide: `Difference in ${primary.measured} from ${from}, ${many === 'points' ? 'percentage points' : many}`,
        narrow: `${capital(many)} of ${noun} above or below ${from}`,
      }
    : {
        wide: `Improvement of ${primary.measured} over ${from}, ${many}`,
        narrow: `${noun} in ${many}, better or worse than ${from}`,
      }
}

const states: Record<LookView['state'], string> = {
  taken: 'taken at',
  'under way': 'under way to',
  planned: 'planned at',
  'not needed': 'not needed at',
  'not taken': 'not taken at',
  'cut short': 'was cut short at',
}

/** The looks of a protocol that has several; empty for one. */
export function looksText({
  looks,
  continuation,
  alpha,
  outlook,
}: Pick<VerdictPage, 'looks' | 'continuation' | 'alpha' | 'outlook'>): string {
  if (looks.length < 2) return ''
  const each = looks.map((look, index) => {
    const at = `look ${index + 1}${index === 0 ? ` of ${looks.length}` : ''} ${states[look.state]} ${counted(look.seeds, 'seed')}`
    // Nothing was read at it.
    if (look.state === 'cut short') return at
    return `${at}, spends ${formatPlain(look.alpha)}${index === 0 ? ` of the alpha of ${formatPlain(alpha)}` : ''}`
  })
  const after =
    continuation === 'until-decided'
      ? ' An arm gets no further seeds once its word is decided.'
      : continuation === 'on-request' &&
          outlook?.all !== true &&
          looks.some(({ state }) => state === 'planned')
        ? ' The seeds of a further look are added when somebody asks for them.'
        : ''
  return `${capital(each.join('; '))}.${after}`
}

/** " for both together", " for all 8 together"; nothing for one. */
export function together(comparisons: number): string {
  if (comparisons < 2) return ''
  return comparisons === 2 ? ' for both together' : ` for all ${comparisons} together`
}

/** How the two bars are to be read: at one level, or at that of the look beside each row. */
export function barsText({
  looks,
  alpha,
  corrected,
}: Pick<VerdictPage, 'looks' | 'alpha' | 'corrected'>): string {
  const level = looks.length < 2 ? `${levelText(alpha)} ` : ''
  const all = corrected === 1 ? 'with the one comparison' : together(corrected).trim()
  const where = level === '' ? ', at the level that its look spends, beside the figures' : ''
  return `Thick: ${level}for one method alone. Thin: ${level}${all}${where}; the word follows from where the thin one lies against zero and the shaded margin.`
}

/** What would settle each undecided comparison. */
export function seedsNeeded(
  { comparisons, metric, margin }: Pick<VerdictPage, 'comparisons' | 'metric' | 'margin'>,
  arms: readonly ArmView[],
): { arm: string; label: string; text: string }[] {
  return comparisons.flatMap((one) => {
    if (one.word !== 'inconclusive' || one.provisional) return []
    const text = planningText(one, metric, margin)
    return text === '' ? [] : [{ arm: one.arm, label: nameOf(arms, one.arm), text }]
  })
}

/** "label smoothing", or what several regularisation controls are together. */
export function regulariserText(against: readonly string[], arms: readonly ArmView[]): string {
  const [only] = against
  return against.length === 1 && only !== undefined
    ? withinSentence(nameOf(arms, only))
    : 'the regularisation controls'
}

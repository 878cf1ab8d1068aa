import type { PrimaryMetric } from '../../../core/contracts/protocol.ts'
import type { ArmFigures, ArmView } from '../../../core/contracts/views.ts'
import type { SaidComparison, SaidTeacher } from '../../../core/wording/say-comparison.ts'
import type { LookTaken } from '../../../core/judging/comparison.ts'
import { formatMetric } from '../../../core/wording/metric-names.ts'
import { noMarginText } from '../../../core/wording/no-word-text.ts'
import { counted } from '../../../core/text/grammar.ts'
import { levelText, withinSentence } from '../../../core/wording/phrases.ts'
import type { ForestItem } from './prepare-forest.ts'

interface Around {
  arms: readonly ArmView[]
  figures: readonly ArmFigures[]
  metric: PrimaryMetric
}

/** Rows of the primary question. */
export function primaryItems(comparisons: readonly SaidComparison[], arms: readonly ArmView[]): ForestItem[] {
  return comparisons.map((one) => ({
    ...comparisonItem(one, arms),
    detail: arms.find(({ id }) => id === one.arm)?.detail ?? '',
    group: null,
  }))
}

/** Rows of "Is it the teacher?", under the name of what they are compared with where that is not one for all. */
export function smoothingItems(comparisons: readonly SaidComparison[], around: Around): ForestItem[] {
  const several = new Set(comparisons.map(({ against }) => against)).size > 1
  return comparisons.map((one) => ({
    ...comparisonItem(one, around.arms),
    // A dotted line would need a legend of its own: that of the primary question is enough.
    liveBand: null,
    detail: meansText(one, one.against, around),
    group: several ? `Against ${withinSentence(nameOf(around.arms, one.against))}` : null,
  }))
}

/** Rows of "As good as the teacher?". */
export function teacherItems(comparisons: readonly SaidTeacher[], around: Around): ForestItem[] {
  return comparisons.map((one) => ({
    key: one.arm,
    label: nameOf(around.arms, one.arm),
    detail: meansText(one, 'teacher', around),
    group: null,
    estimate: one.estimate,
    ...intervalsOf(one),
    liveBand: null,
    perSeed: one.perSeed,
    provisional: one.provisional,
    word: one.provisional ? null : one.word,
    level: levelOf(one.look),
    ...withoutWord({ ...one, plannedSeeds: one.look.seeds }),
  }))
}

export function nameOf(arms: readonly ArmView[], id: string): string {
  return arms.find((arm) => arm.id === id)?.label ?? id
}

function comparisonItem(one: SaidComparison, arms: readonly ArmView[]): Omit<ForestItem, 'detail' | 'group'> {
  const { tag, remark } = withoutWord(one)
  const noBand = one.provisional && one.estimate !== null && one.seeds > 1 && one.liveBand === null
  return {
    key: `${one.arm} ${one.against}`,
    label: nameOf(arms, one.arm),
    estimate: one.estimate,
    ...intervalsOf(one),
    liveBand: one.provisional ? one.liveBand : null,
    perSeed: one.perSeed,
    provisional: one.provisional,
    word: one.provisional ? null : one.word,
    level: levelOf(one.look),
    tag,
    remark: noBand && one.family === 'primary' ? `no band before seed ${one.liveFrom}` : remark,
  }
}

/** With one seed in, its interval is over examples alone and would look surer than those of arms with more seeds. */
function intervalsOf(
  one: Pick<SaidComparison, 'individual' | 'simultaneous' | 'provisional' | 'seeds'>,
): Pick<ForestItem, 'individual' | 'simultaneous'> {
  return one.provisional && one.seeds === 1
    ? { individual: null, simultaneous: null }
    : { individual: one.individual, simultaneous: one.simultaneous }
}

/** "98 %, look 1": only where the looks share alpha, so that the levels differ from the protocol's. */
function levelOf(look: LookTaken): string {
  return look.of > 1 ? `${levelText(look.alpha)}, look ${look.index + 1}` : ''
}

/** Provisional rows count their seeds instead of a word; a row without a word says why. */
export function withoutWord(
  one: Pick<SaidComparison, 'provisional' | 'seeds' | 'plannedSeeds' | 'noWord' | 'qualifier' | 'note'>,
): { tag: string; remark: string } {
  const { provisional, seeds, plannedSeeds, noWord, qualifier, note } = one
  if (provisional) {
    if (seeds === 0) return { tag: 'waiting', remark: `no seed of ${plannedSeeds} is in yet` }
    return {
      tag: `provisional, ${seeds} of ${counted(plannedSeeds, 'seed')}`,
      remark: seeds === 1 ? 'one seed: no interval yet' : '',
    }
  }
  // What a reader must know of the figures, such as a diverged seed, stands after what the word says.
  const noted = (remark: string): string => [remark, note ?? ''].filter((part) => part !== '').join('; ')
  if (noWord === null) return { tag: '', remark: noted(qualifier) }
  return noWord.why === 'exploratory'
    ? { tag: 'exploratory', remark: noted(noMarginText) }
    : { tag: 'no verdict', remark: noted(qualifier) }
}

/** "93.2 % against 91.5 %": only where both means are of the seeds that are compared. */
function meansText(
  { arm, seeds }: { arm: string; seeds: number },
  against: string,
  { arms, figures, metric }: Around,
): string {
  const key = `test/${metric}` as const
  const mean = (id: string): string | null => {
    const own = figures.find(({ armId }) => armId === id)
    const found = own?.metrics[key]
    if (own === undefined || found === undefined) return null
    if (id !== 'teacher' && own.finished + own.diverged !== seeds) return null
    return metric === 'accuracy' ? `${(found.mean * 100).toFixed(1)} %` : formatMetric(key, found.mean)
  }
  const [one, other] = [mean(arm), mean(against)]
  if (one === null || other === null) return arms.find(({ id }) => id === arm)?.detail ?? ''
  return `${one} against ${other}`
}

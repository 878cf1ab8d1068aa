import type { SpeedWord, VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { ExperimentPage } from '../../../core/contracts/views.ts'
import { count, decimal, factor, latency, megabytes } from '../../_ui/format.ts'

export interface SpeedRow {
  name: string
  unit: string
  teacher: string
  student: string
  /** "12× smaller" */
  ratio: string
  /** Of the ratio; sizes are counted and have none. */
  interval: string
  word: SpeedWord | null
  /** In place of a word. */
  tag: string
}

type Sizes = Pick<ExperimentPage, 'teacher' | 'student'>

/** The student beside its teacher: counted sizes, and latency with its interval and word. */
export function speedRows(
  { speed, figures, comparisons }: Pick<VerdictPage, 'speed' | 'figures' | 'comparisons'>,
  { teacher, student }: Sizes,
): SpeedRow[] {
  const counted = (
    name: string,
    unit: string,
    pair: [number | null, number | null],
    text: (value: number) => string,
    words: readonly [less: string, more: string, same: string] = ['fewer', 'more', 'as many'],
  ): SpeedRow => ({
    name,
    unit,
    teacher: pair[0] === null ? '–' : text(pair[0]),
    student: pair[1] === null ? '–' : text(pair[1]),
    ratio: ratioText(pair[0], pair[1], words),
    interval: '',
    word: null,
    tag: 'counted',
  })
  const control = comparisons[0]?.against
  const quantile = (key: 'p50' | 'p90'): SpeedRow => {
    const found = speed.find((one) => one.quantile === key)
    const ms = (armId: string | undefined): string => {
      const own = figures.find((one) => one.armId === armId)?.latency
      return own == null ? '–' : latency(own[`${key}Ms`])
    }
    return {
      name: `Latency ${key}`,
      unit: 'ms, batch 1',
      teacher: ms('teacher'),
      student: ms(control),
      ratio: found === undefined ? '–' : `${decimal(found.ratio, 2)}× as fast`,
      interval: found?.interval == null ? '' : found.interval.map((end) => decimal(end, 2)).join(' to '),
      word: found?.word ?? null,
      tag: found === undefined ? 'not measured' : 'no verdict',
    }
  }
  return [
    counted('Parameters', '', [teacher.parameters, student.parameters], count),
    counted('Size', 'MB on disk', [teacher.sizeBytes, student.sizeBytes], megabytes, [
      'smaller',
      'larger',
      'as large',
    ]),
    counted('MACs', 'millions an example', [teacher.macs, student.macs], (macs) =>
      (macs / 1e6).toFixed(macs < 1e5 ? 4 : 2),
    ),
    quantile('p50'),
    quantile('p90'),
  ]
}

/** "12× smaller", "1.5× more", "as large" */
function ratioText(
  teacher: number | null,
  student: number | null,
  [less, more, same]: readonly [less: string, more: string, same: string],
): string {
  if (teacher === null || student === null || teacher <= 0 || student <= 0) return '–'
  return factor(teacher / student, [less, more]) ?? (teacher === student ? same : `about ${same}`)
}

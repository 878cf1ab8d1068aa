import { primaryOf } from '../../../core/metrics/registry.ts'
import { recoveredText } from '../../../core/wording/recovered-text.ts'
import type { ReactNode } from 'react'
import type { SideQuestion, VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { SaidComparison, SaidTeacher } from '../../../core/wording/say-comparison.ts'
import type { ArmView } from '../../../core/contracts/views.ts'
import { smoothingItems, teacherItems } from '../../_charts/forest/forest-items.ts'
import { ForestPlot } from '../../_charts/forest/forest-plot.tsx'
import { prepareForest } from '../../_charts/forest/prepare-forest.ts'
import { prepareRecovered } from '../../_charts/forest/prepare-recovered.ts'
import { RecoveredStrip } from '../../_charts/forest/recovered-strip.tsx'
import { levelText } from '../../../core/wording/phrases.ts'
import { sentence } from '../../_ui/format.ts'
import { NoBreak, Section } from '../../_ui/page-parts.tsx'
import { axisText, marginLabel, regulariserText, secondaryText, together } from './question-texts.ts'

interface Asked<Comparison> {
  verdict: VerdictPage
  question: SideQuestion<Comparison>
  arms: readonly ArmView[]
}

/** "Is it the teacher?": what distilling adds to a regulariser that needs no teacher. */
export function SmoothingSection({ verdict, question, arms }: Asked<SaidComparison>): ReactNode {
  const against = [...new Set(question.comparisons.map((one) => one.against))]
  const than = regulariserText(against, arms)
  const which = against.length === 1 ? `${than}, which needs none` : `${than}, which need none`
  const name = than === 'label smoothing' ? 'smoothing' : against.length === 1 ? than : 'these controls'
  return (
    <Section
      id="smoothing-heading"
      title="Is it the teacher?"
      remark={`Each distillation method against ${which} · ${secondaryText(verdict.alpha)}`}
    >
      <Lead>{question.sentence}</Lead>
      <ForestPlot
        low
        forest={prepareForest({
          metric: verdict.metric,
          margin: question.margin,
          teacherDifference: null,
          items: smoothingItems(question.comparisons, { ...verdict, arms }),
        })}
        label={`Difference from ${than} with intervals and verdict`}
        margin={marginLabel(verdict.metric, question.margin)}
        worse={{ wide: `← worse than ${name}`, narrow: '← worse' }}
        axis={axisText(verdict.metric, than)}
      />
    </Section>
  )
}

/** "As good as the teacher?", and how much of the teacher's gain the student keeps. */
export function TeacherSection({ verdict, question, arms }: Asked<SaidTeacher>): ReactNode {
  return (
    <Section
      id="teacher-heading"
      title="As good as the teacher?"
      remark={`Each student against this one checkpoint · ${secondaryText(verdict.alpha)}`}
    >
      <Lead>{question.sentence}</Lead>
      {question.comparisons.length === 0 ? null : (
        <>
          <ForestPlot
            low
            forest={prepareForest({
              metric: verdict.metric,
              margin: question.margin,
              teacherDifference: null,
              items: teacherItems(question.comparisons, { ...verdict, arms }),
            })}
            label="Difference from the teacher with intervals and verdict"
            margin={marginLabel(verdict.metric, question.margin)}
            worse={{ wide: '← worse than the teacher', narrow: '← worse' }}
            axis={axisText(verdict.metric, 'the teacher')}
          />
          <RecoveredShare verdict={verdict} question={question} arms={arms} />
        </>
      )}
    </Section>
  )
}

function RecoveredShare({ verdict, question, arms }: Asked<SaidTeacher>): ReactNode {
  const recovered = prepareRecovered(question.comparisons, arms)
  const reasons = [...new Set(question.comparisons.flatMap((one) => recoveredText(one.recovered) ?? []))]
  const title = 'Share of the teacher’s gain that the student keeps'
  return (
    <div className="mt-6 border-t border-line pt-4">
      <h3>{title}</h3>
      {recovered === null ? (
        <p className="mt-0.5 text-13 text-ink-2">
          {reasons.length === 0 ? 'No seed has a result.' : reasons.map(sentence).join(' ')}
        </p>
      ) : (
        <>
          <p className="mt-0.5 mb-2 text-12 text-ink-3">{shareCaption(verdict)}</p>
          <RecoveredStrip recovered={recovered} label={title} />
        </>
      )}
    </div>
  )
}

/** What 0 and 100 % are on the strip. */
function shareCaption({ figures, metric, alpha, looks, comparisons, teacher }: VerdictPage): string {
  const control = comparisons[0]?.against
  const mean = (armId: string | undefined): string => {
    const value = figures.find((one) => one.armId === armId)?.metrics[`test/${metric}`]?.mean
    if (value === undefined) return ''
    const { scale, digits, unit } = primaryOf(metric).figure
    return ` (${(value * scale).toFixed(digits)} ${unit})`
  }
  const level = looks.length < 2 ? `, ${levelText(alpha)}` : ''
  const all = together(teacher?.corrected ?? 1)
  return `0 % is the control${mean(control)}, 100 % the teacher${mean('teacher')}. Fieller’s interval${level}${all}; colours are the arms’, no word.`
}

function Lead({ children }: { children: string }): ReactNode {
  return (
    <p className="mb-4 max-w-[52em] text-pretty">
      <NoBreak>{children}</NoBreak>
    </p>
  )
}

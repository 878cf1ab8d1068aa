import type { ReactNode } from 'react'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { ArmView } from '../../../core/contracts/views.ts'
import { primaryItems } from '../../_charts/forest/forest-items.ts'
import { ForestPlot } from '../../_charts/forest/forest-plot.tsx'
import { prepareForest } from '../../_charts/forest/prepare-forest.ts'
import { NoBreak, Section } from '../../_ui/page-parts.tsx'
import { InWords } from './in-words.tsx'
import { ForestLegend } from './notes.tsx'
import { axisText, forestRemark, looksText, marginLabel, seedsNeeded } from './question-texts.ts'
import { Sensitivity } from './sensitivity.tsx'

/** The primary question: the picture that proves the answer, how to read it, and what is still open. */
export function PrimarySection({
  verdict,
  arms,
}: {
  verdict: VerdictPage
  arms: readonly ArmView[]
}): ReactNode {
  const forest = prepareForest({ ...verdict, items: primaryItems(verdict.comparisons, arms) })
  const looks = looksText(verdict)
  return (
    <Section
      id="forest-heading"
      title="Each method against the same student trained alone"
      remark={forestRemark(verdict)}
    >
      {looks === '' ? null : <p className="mb-3 max-w-[74em] text-13 text-pretty text-ink-2">{looks}</p>}
      <ForestPlot
        forest={forest}
        label="Difference from the control with intervals and verdict"
        margin={marginLabel(verdict.metric, verdict.margin)}
        worse={{ wide: '← worse than control', narrow: '← worse' }}
        axis={axisText(verdict.metric, 'the control')}
      />
      <ForestLegend verdict={verdict} forest={forest} />
      <SeedsNeeded verdict={verdict} arms={arms} />
      <InWords verdict={verdict} />
      <Sensitivity verdict={verdict} arms={arms} />
    </Section>
  )
}

function SeedsNeeded({ verdict, arms }: { verdict: VerdictPage; arms: readonly ArmView[] }): ReactNode {
  const needed = seedsNeeded(verdict, arms)
  const [only] = needed
  if (only === undefined) return null
  if (needed.length === 1) {
    return (
      <p className="mt-4 max-w-[84em] border-t border-line pt-3 text-13 text-pretty text-ink-2">
        <b className="text-ink">Seeds needed.</b> <NoBreak>{`${only.label}: ${only.text}`}</NoBreak>
      </p>
    )
  }
  return (
    <div className="mt-4 max-w-[84em] border-t border-line pt-3 text-13 text-ink-2">
      <h3>Seeds needed</h3>
      <ul>
        {needed.map(({ arm, label, text }) => (
          <li key={arm} className="mt-1 text-pretty">
            <NoBreak>{`${label}: ${text}`}</NoBreak>
          </li>
        ))}
      </ul>
    </div>
  )
}

'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import { ForestPlot } from '../../_charts/forest/forest-plot.tsx'
import { prepareForest } from '../../_charts/forest/prepare-forest.ts'
import { CopyButton } from '../../_ui/copy-button.tsx'
import { count, marginAmount } from '../../_ui/format.ts'
import { NoBreak, Section } from '../../_ui/page-parts.tsx'
import { useTRPC } from '../api/trpc.ts'
import { useExperiment } from '../experiment/use-experiment.ts'
import { FiguresCards, FiguresTable } from './figures-table.tsx'
import { figureGroups, figuresRemark } from './figures.ts'
import { Footer, ForestLegend, TableNote } from './notes.tsx'
import { ProgressStrip } from './progress-strip.tsx'
import { Sensitivity } from './sensitivity.tsx'

/** The answer, the picture that proves it, all figures, and how it was decided. */
export function VerdictView({ id }: { id: string }): ReactNode {
  const trpc = useTRPC()
  const page = useExperiment(id)
  const { data: verdict } = useSuspenseQuery(trpc.experiments.verdict.queryOptions({ id }))
  const forest = prepareForest({ ...verdict, arms: page.arms })
  const groups = figureGroups(verdict, page.arms)
  const margin = marginAmount(verdict.metric, verdict.margin)
  return (
    <>
      {page.status === 'running' ? <ProgressStrip page={page} /> : null}
      <Answer verdict={verdict} />
      <Section
        id="forest-heading"
        title="Each method against the same student trained alone"
        remark={forestRemark(verdict)}
      >
        <ForestPlot
          forest={forest}
          label="Difference from the control with intervals and verdict"
          margin={{ wide: `±${margin}`, narrow: `±${margin.split(' ')[0] ?? ''}` }}
          axis={axisText(verdict.metric)}
        />
        <ForestLegend verdict={verdict} forest={forest} />
        <Sensitivity verdict={verdict} arms={page.arms} />
      </Section>
      {groups.length === 0 ? null : (
        <Section id="figures-heading" title="All figures" remark={figuresRemark(verdict)}>
          <FiguresTable groups={groups} />
          <FiguresCards groups={groups} arms={page.arms} />
          <TableNote verdict={verdict} page={page} />
        </Section>
      )}
      <Footer verdict={verdict} page={page} />
    </>
  )
}

function Answer({ verdict }: { verdict: VerdictPage }): ReactNode {
  return (
    <div className="mt-6 grid items-start gap-4 wide:mt-8 desk:grid-cols-[minmax(0,1fr)_300px] desk:gap-12">
      <div>
        <p className="max-w-[37em] text-[1.125rem] leading-[1.4] tracking-[-0.008em] text-pretty wide:text-20">
          <NoBreak>{verdict.headline}</NoBreak>
        </p>
        {verdict.text === '' ? null : (
          <p className="mt-2 max-w-[52em] text-pretty text-ink-2">
            <NoBreak>{verdict.text}</NoBreak>
          </p>
        )}
        <CopyButton
          className="mt-3"
          text={verdict.markdown}
          done="The verdict is copied as Markdown, with all figures and intervals."
        >
          Copy as Markdown
        </CopyButton>
      </div>
      <p className="border-l-2 border-line pl-4 text-13 text-ink-2">
        <b className="text-ink">What this covers.</b> <NoBreak>{verdict.scope}</NoBreak>
      </p>
    </div>
  )
}

function forestRemark(verdict: VerdictPage): string {
  const images = `${count(verdict.examples)} test images`
  switch (verdict.state) {
    case 'waiting':
      return `${verdict.plannedSeeds} seeds planned · rows fill when a seed is in`
    case 'provisional':
      return `${verdict.seedsIn} of ${verdict.plannedSeeds} seeds · updates when a seed finishes`
    case 'stopped':
      return `${verdict.seedsIn} of ${verdict.plannedSeeds} seeds · ${images} · stopped before the planned seeds`
    case 'decided':
      return `${verdict.plannedSeeds} seeds, ${verdict.paired ? 'paired' : 'unpaired'} · ${images} · frozen before any test figure was read`
  }
}

function axisText(metric: 'accuracy' | 'nll'): { wide: string; narrow: string } {
  return metric === 'accuracy'
    ? {
        wide: 'Difference in test accuracy from the control, percentage points',
        narrow: 'Points of accuracy above or below the control',
      }
    : {
        wide: 'Improvement of test NLL over the control, nat',
        narrow: 'NLL in nat, better or worse than the control',
      }
}

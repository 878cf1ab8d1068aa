'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Section } from '../../_ui/page-parts.tsx'
import { useTRPC } from '../api/trpc.ts'
import { useExperiment } from '../experiment/use-experiment.ts'
import { Answer } from './answer.tsx'
import { FiguresCards, FiguresTable } from './figures-table.tsx'
import { figureGroups, figuresRemark } from './figures.ts'
import { NextAndWhy } from './next-and-why.tsx'
import { Footer, TableNote } from './notes.tsx'
import { OtherMetrics } from './other-metrics.tsx'
import { OutlookBanner } from './outlook.tsx'
import { PrimarySection } from './primary-section.tsx'
import { ProgressStrip } from './progress-strip.tsx'
import { asksMore } from './question-texts.ts'
import { SmoothingSection, TeacherSection } from './side-questions.tsx'
import { SpeedSection } from './speed-section.tsx'

/** The answer, the picture that proves it, the questions beside it, what to do next, all figures, how it was decided. */
export function VerdictView({ id }: { id: string }): ReactNode {
  const trpc = useTRPC()
  const page = useExperiment(id)
  const { data: verdict } = useSuspenseQuery(trpc.experiments.verdict.queryOptions({ id }))
  const groups = figureGroups(verdict, page.arms)
  const { arms } = page
  const { smoothing, teacher } = verdict
  return (
    <>
      {page.status === 'running' ? <ProgressStrip page={page} /> : null}
      {verdict.outlook === null ? null : <OutlookBanner id={id} outlook={verdict.outlook} />}
      <Answer verdict={verdict} />
      <PrimarySection verdict={verdict} arms={arms} />
      {asksMore(verdict) ? (
        <>
          {smoothing === null ? null : (
            <SmoothingSection verdict={verdict} question={smoothing} arms={arms} />
          )}
          {teacher === null ? null : <TeacherSection verdict={verdict} question={teacher} arms={arms} />}
          <OtherMetrics verdict={verdict} page={page} />
          <SpeedSection verdict={verdict} page={page} />
        </>
      ) : null}
      <NextAndWhy verdict={verdict} page={page} />
      {groups.length === 0 ? null : (
        <Section id="figures-heading" title="All figures" remark={figuresRemark(verdict, page.protocol)}>
          <FiguresTable groups={groups} />
          <FiguresCards groups={groups} arms={arms} />
          <TableNote verdict={verdict} page={page} />
        </Section>
      )}
      <Footer verdict={verdict} page={page} />
    </>
  )
}

'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { ArmFigures, ExperimentPage } from '../../../core/contracts/views.ts'
import { prepareGap } from '../../_charts/multiples/prepare-gap.ts'
import { prepareMultiples } from '../../_charts/multiples/prepare-multiples.ts'
import { counted, listed } from '../../_ui/format.ts'
import { EmptyState, NoBreak, Section } from '../../_ui/page-parts.tsx'
import { useTRPC } from '../api/trpc.ts'
import { useExperiment } from '../experiment/use-experiment.ts'
import { latencyText } from '../experiment/latency-text.ts'
import { compareSentence } from './compare-sentence.ts'
import { CostChart } from './cost-chart.tsx'
import { Multiples } from './multiples.tsx'
import { TrainTest } from './train-test.tsx'

/** Arms by what they cost and by every metric. */
export function CompareView({ id }: { id: string }): ReactNode {
  const trpc = useTRPC()
  const page = useExperiment(id)
  const { data: verdict } = useSuspenseQuery(trpc.experiments.verdict.queryOptions({ id }))
  const { figures } = verdict
  const multiples = useMemo(() => prepareMultiples(page.arms, figures), [page.arms, figures])
  const gap = useMemo(() => prepareGap(page.arms, figures), [page.arms, figures])
  if (gap === null) {
    if (page.status !== 'running') {
      return (
        <EmptyState title="Nothing to compare.">
          <p>No run has finished.</p>
        </EmptyState>
      )
    }
    return (
      <EmptyState title="Nothing to compare yet.">
        <p>
          When the first runs have finished, their accuracy stands here against size and latency, with every
          other metric below.
        </p>
      </EmptyState>
    )
  }
  const decided = verdict.state === 'decided'
  const soFar = soFarText(verdict)
  const seeds = !decided
    ? soFar
    : verdict.plannedSeeds === 1
      ? 'One seed, so without an interval.'
      : `Mean and 95 % interval over ${counted(verdict.plannedSeeds, 'seed')}.`
  return (
    <>
      <p className="mt-6 max-w-[46em] text-16 text-pretty">
        {decided ? null : (
          <>
            <b>{soFar}</b>{' '}
          </>
        )}
        <NoBreak>{compareSentence(page.arms, figures, latencyText(page))}</NoBreak>
      </p>
      <section aria-label="Accuracy against cost" className="mt-8">
        <div className="grid gap-8 desk:grid-cols-2">
          <CostChart
            cost="size"
            title="Accuracy against size"
            remark="Weights and topology on disk, logarithmic"
            waiting={page.status === 'running' ? 'No run has finished yet.' : 'No run has finished.'}
            arms={page.arms}
            figures={figures}
          />
          <CostChart
            cost="latency"
            title="Accuracy against latency"
            remark={`Median of one example at a time, ${page.protocol.engine.name} engine, logarithmic`}
            waiting={latencyText(page)}
            arms={page.arms}
            figures={figures}
          />
        </div>
        <p className="mt-3 max-w-[64em] text-12 text-ink-3">
          The line is the Pareto front: nothing shown is both smaller (or faster) and more accurate. Points on
          it are bold. It joins point estimates, so a bend may be chance: vertical bars are 95 % intervals
          over seeds, the teacher is one run. Arms of the same size stand side by side where they would cover
          each other.
        </p>
      </section>
      <Section
        id="metrics-heading"
        title="Every metric, one scale each"
        remark={`${seeds} Dotted line: the control.`}
      >
        <Multiples prepared={multiples} caption="Every metric of every arm" />
        <p className="mt-3 max-w-[64em] text-12 text-ink-3">
          Better is to the left or right as each head says. Plain ECE is biased in small samples and has no
          verdict.
          {divergedNote(figures, page)} {sharedNote(figures, page)}
        </p>
      </Section>
      <Section
        id="gap-heading"
        title="Train and test side by side"
        remark="Both measured in evaluation mode on unaugmented data."
      >
        <TrainTest prepared={gap} />
        <p className="mt-3 max-w-[64em] text-12 text-ink-3">
          Train: the labelled examples of the seed, the same for every arm; the teacher’s own training set for
          the teacher. A smaller gap alone says nothing about how good a model is.
        </p>
      </Section>
    </>
  )
}

function divergedNote(figures: readonly ArmFigures[], page: ExperimentPage): string {
  const arms = figures.filter((of) => of.diverged > 0).map((of) => label(page, of.armId))
  if (arms.length === 0) return ''
  return ` Diverged runs of ${listed(arms)} count as the even guess in accuracy, NLL and Brier score.`
}

function sharedNote(figures: readonly ArmFigures[], page: ExperimentPage): string {
  const shared = figures.some((of) => {
    const role = page.arms.find((arm) => arm.id === of.armId)?.role
    return role !== 'teacher' && (of.latency?.sharedWith.length ?? 0) > 0
  })
  return shared
    ? 'The student’s network is the same in every arm: its latency was measured once and is shared.'
    : ''
}

function label(page: ExperimentPage, armId: string): string {
  return page.arms.find((arm) => arm.id === armId)?.label ?? armId
}

/** Over which seeds the figures are while not all that were planned are in, or never will be. */
function soFarText(verdict: VerdictPage): string {
  if (verdict.state !== 'stopped')
    return `Provisional, ${verdict.seedsIn} of ${counted(verdict.plannedSeeds, 'planned seed')}.`
  const seeds = new Set(
    verdict.figures.flatMap((of) => (of.armId === 'teacher' ? [] : [of.finished + of.diverged])),
  )
  const [at] = seeds
  return seeds.size === 1 && at !== undefined && at < verdict.plannedSeeds
    ? `Stopped at ${at} of ${counted(verdict.plannedSeeds, 'planned seed')}.`
    : 'Some runs were cancelled: each arm has the seeds that it finished.'
}

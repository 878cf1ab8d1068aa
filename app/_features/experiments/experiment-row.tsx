import Link from 'next/link'
import type { ReactNode } from 'react'
import type { ExperimentSummary } from '../../../core/contracts/views.ts'
import { Spark } from '../../_charts/spark.tsx'
import { Chip, Tag } from '../../_ui/chip.tsx'
import { count, counted, marginAmount, sentence, timeSpan } from '../../_ui/format.ts'
import { NoBreak, WrittenText } from '../../_ui/page-parts.tsx'
import { ProgressBar } from '../../_ui/progress.tsx'
import { Time } from '../../_ui/time.tsx'
import { troubleText } from './trouble-text.ts'

export const rowGrid =
  'wide:grid wide:gap-8 wide:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_116px] desk:grid-cols-[minmax(0,1fr)_448px_150px_116px]'

/** One experiment in the list: its question, how it stands, a glance at its curves, its size and age. */
export function ExperimentRow({ experiment }: { experiment: ExperimentSummary }): ReactNode {
  return (
    <Link
      href={`/experiments/${experiment.id}`}
      className={`group grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-2.5 border-t border-line py-4 plain-link wide:py-[18px] ${rowGrid}`}
    >
      <div className="max-wide:col-span-2">
        <h2 className="max-w-[46ch] text-16 leading-[1.4] text-pretty group-hover:text-accent wide:text-14">
          <WrittenText>{experiment.question}</WrittenText>
        </h2>
        {experiment.unreadable === null ? <Settings experiment={experiment} /> : null}
      </div>
      <div className="max-wide:col-span-2">
        {experiment.unreadable !== null ? (
          <p className="text-13 text-danger">{experiment.unreadable}</p>
        ) : experiment.status === 'running' ? (
          <Running experiment={experiment} />
        ) : (
          <Ended experiment={experiment} />
        )}
      </div>
      <div className="wide:max-desk:hidden">
        {experiment.spark === null ? null : <Spark spark={experiment.spark} />}
      </div>
      <div className="self-end text-right text-13 text-ink-2 wide:self-start">
        {experiment.unreadable === null ? (
          <span className="block font-[480] text-ink">{counted(experiment.seedsPerArm, 'seed')} per arm</span>
        ) : null}
        {experiment.status === 'running' ? 'started ' : ''}
        <Time at={experiment.endedAt ?? experiment.launchedAt} near />
      </div>
    </Link>
  )
}

/** Data, models and margin on one line. */
function Settings({ experiment }: { experiment: ExperimentSummary }): ReactNode {
  return (
    <p className="mt-[3px] text-13 text-ink-2">
      <NoBreak>{experiment.data}</NoBreak>
      <span className="px-1 text-ink-3"> · </span>
      <NoBreak>{experiment.teacher}</NoBreak>
      <span className="px-1 text-ink-3">
        <span aria-hidden="true"> → </span>
        <span className="sr-only"> to </span>
      </span>
      <NoBreak>{experiment.student}</NoBreak>
      <span className="px-1 text-ink-3"> · </span>
      <span className="whitespace-nowrap">
        margin ±{marginAmount(experiment.primaryMetric, experiment.margin)}
      </span>
      {experiment.demonstration ? <Tag className="ml-1.5 align-[1px]">demonstration</Tag> : null}
    </p>
  )
}

function Running({ experiment }: { experiment: ExperimentSummary }): ReactNode {
  const { seedsIn, seedsPerArm, runsEnded, runsTotal, left } = experiment
  const measuring = runsEnded === runsTotal
  return (
    <div className="grid gap-[7px]">
      <div className="flex items-center gap-2 text-13">
        <i className="pulse" />
        <span>
          <b>
            {count(runsEnded)} of {count(runsTotal)} runs
          </b>
          <span className="text-ink-2">{left === null ? '' : `, about ${timeSpan(left)} left`}</span>
        </span>
      </div>
      <ProgressBar label="Runs ended" value={runsEnded} max={runsTotal} className="max-w-[320px]" />
      <Words experiment={experiment} />
      <p className="text-12 text-ink-3">
        {measuring
          ? 'All runs have ended, measuring latency.'
          : `${counted(experiment.comparisons, 'comparison')}, ${seedsIn} of ${counted(seedsPerArm, 'seed')} in. ${wordText(experiment)}`}
      </p>
    </div>
  )
}

function wordText({ words, wordless }: ExperimentSummary): string {
  if (wordless) {
    return words.length > 0
      ? 'Decided words stand; no further one will come.'
      : 'No verdict will come: what runs adds figures alone.'
  }
  return words.length > 0
    ? 'Decided words stand; the other arms go on to the next look.'
    : 'No word before the planned seeds.'
}

function Ended({ experiment }: { experiment: ExperimentSummary }): ReactNode {
  const trouble = troubleText(experiment)
  return (
    <div className="grid gap-[5px] text-13">
      <Words experiment={experiment} />
      {experiment.noWord === null ? null : <p className="text-ink-2">{sentence(experiment.noWord)}</p>}
      {trouble === null ? null : <p className="text-danger">{trouble}</p>}
    </div>
  )
}

function Words({ experiment }: { experiment: ExperimentSummary }): ReactNode {
  return experiment.words.map(({ word, arms }) => (
    <div
      key={word}
      className="grid grid-cols-[auto_1fr] items-start gap-2.5 text-13 desk:grid-cols-[164px_1fr]"
    >
      <Chip word={word} className="justify-self-start" />
      <span className="pt-px leading-[1.45] text-ink-2">{arms.join(', ')}</span>
    </div>
  ))
}

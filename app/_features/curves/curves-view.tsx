'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import type { ArmView } from '../../../core/contracts/views.ts'
import { prepareCurves } from '../../_charts/lines/prepare-curves.ts'
import { usualAxis } from '../../_charts/lines/usual-axis.ts'
import { prepareGapCurves } from '../../_charts/lines/prepare-gap-curves.ts'
import { curveKeys } from '../../../core/evaluation/curve-keys.ts'
import { Banner, Section, Skeleton } from '../../_ui/page-parts.tsx'
import { Segments } from '../../_ui/segments.tsx'
import { UnreadAddress } from '../../_ui/unread-address.tsx'
import { oneOf, someOf } from '../../_ui/unread-parameters.ts'
import { useTRPC } from '../api/trpc.ts'
import { useExperiment } from '../experiment/use-experiment.ts'
import { ArmToggles } from './arm-toggles.tsx'
import { CurvesChart } from './curves-chart.tsx'
import { GapCurves } from './gap-curves.tsx'
import { MetricSelect } from './metric-select.tsx'

const defaultKey = 'validation/accuracy'

const axes = [
  { value: 'step', label: 'Step' },
  { value: 'epoch', label: 'Epoch' },
] as const
const views = [
  { value: 'mean', label: 'Mean and band' },
  { value: 'seeds', label: 'Every seed' },
] as const

/** With more distillation arms than these the first are drawn until the reader chooses. */
const FIRST_ARMS = 7

/** How training went: curves over seeds, live, and train against validation. */
export function CurvesView({ id }: { id: string }): ReactNode {
  const trpc = useTRPC()
  const { arms, status, protocol } = useExperiment(id)
  const [choice, setChoice] = useQueryStates({
    key: parseAsStringLiteral(curveKeys).withDefault(defaultKey),
    axis: parseAsStringLiteral(['step', 'epoch']),
    view: parseAsStringLiteral(['mean', 'seeds']).withDefault('mean'),
    log: parseAsBoolean.withDefault(false),
    arms: parseAsArrayOf(parseAsString),
  })
  const curves = useQuery({
    ...trpc.experiments.curves.queryOptions({ id, key: choice.key }),
    placeholderData: keepPreviousData,
  })
  const shown = useMemo(() => shownArms(choice.arms, arms), [choice.arms, arms])
  const { view, log } = choice
  const axis = choice.axis ?? (curves.data === undefined ? 'epoch' : usualAxis(curves.data))
  const prepared = useMemo(
    () => (curves.data ? prepareCurves(curves.data, arms, { axis, view, log, shown }) : null),
    [curves.data, arms, axis, view, log, shown],
  )
  const understood = {
    key: oneOf(curveKeys),
    axis: oneOf(axes.map(({ value }) => value)),
    view: oneOf(views.map(({ value }) => value)),
    log: oneOf(['true', 'false']),
    arms: someOf(arms.map((arm) => arm.id)),
  }
  const toggle = (armId: string): void => {
    const next = shown.includes(armId) ? shown.filter((other) => other !== armId) : [...shown, armId]
    void setChoice({ arms: arms.map((arm) => arm.id).filter((other) => next.includes(other)) })
  }
  return (
    <>
      <UnreadAddress parameters={understood} />
      <div className="mt-5 flex flex-wrap items-center gap-x-5 gap-y-3 text-13">
        <MetricSelect
          keys={curves.data?.keys ?? [choice.key]}
          value={choice.key}
          onChange={(key) => void setChoice({ key: curveKeys.find((one) => one === key) ?? null })}
        />
        <Segments
          label="Horizontal axis"
          segments={axes}
          value={axis}
          onChange={(next) => void setChoice({ axis: next })}
        />
        <Segments
          label="Seeds"
          segments={views}
          value={view}
          onChange={(next) => void setChoice({ view: next })}
        />
        <label className="flex items-center gap-2 text-ink-2 max-wide:py-2">
          <input
            type="checkbox"
            checked={log}
            onChange={(event) => void setChoice({ log: event.target.checked })}
            className="size-4 accent-accent"
          />
          Log y
        </label>
      </div>
      <ArmToggles arms={arms} shown={shown} onToggle={toggle} />
      <section aria-label="Curves" className="mt-5">
        {curves.isError ? (
          <Banner bad>The curves could not be read: {curves.error.message}</Banner>
        ) : curves.isPending ? (
          <Skeleton className="h-[380px] w-full wide:h-[460px]" />
        ) : prepared === null ? (
          <p className="grid h-[300px] place-items-center border-y border-line px-4 text-center text-13 text-ink-2">
            {emptyText({
              chosen: shown.length > 0,
              log,
              running: status === 'running',
              measured: curves.data.arms.some((arm) => arm.seeds.some((seed) => seed.points.length > 0)),
            })}
          </p>
        ) : (
          <CurvesChart prepared={prepared} choice={{ axis, view, log, shown }} protocol={protocol} />
        )}
      </section>
      <TrainAgainstValidation id={id} arms={arms} />
    </>
  )
}

function TrainAgainstValidation({ id, arms }: { id: string; arms: readonly ArmView[] }): ReactNode {
  const trpc = useTRPC()
  const train = useQuery(trpc.experiments.curves.queryOptions({ id, key: 'train/accuracy' }))
  const validation = useQuery(trpc.experiments.curves.queryOptions({ id, key: defaultKey }))
  const prepared = useMemo(
    () => (train.data && validation.data ? prepareGapCurves(train.data, validation.data, arms) : null),
    [train.data, validation.data, arms],
  )
  if (prepared === null) return null
  return (
    <Section
      id="gap-curves-heading"
      title="Train against validation"
      remark="The shaded distance is the gap. Same scale in all, both measured in evaluation mode."
    >
      <GapCurves prepared={prepared} />
    </Section>
  )
}

function emptyText(of: { chosen: boolean; log: boolean; running: boolean; measured: boolean }): string {
  if (!of.chosen) return 'No arm is chosen. Press one above to draw it.'
  const yet = of.running ? ' yet' : ''
  if (!of.running && !of.measured) return 'No run came to its first measurement.'
  if (of.log) {
    return `These arms have no positive value of this metric${yet}, and a logarithmic axis shows no other.`
  }
  const more = of.running ? ' The first epoch of a run brings one.' : ''
  return `These arms have no point of this metric${yet}.${more}`
}

/** Those that the address names and the experiment has; the first where it names none that there are. */
function shownArms(asked: readonly string[] | null, arms: readonly ArmView[]): string[] {
  if (asked === null) return firstArms(arms)
  const known = arms.map((arm) => arm.id).filter((id) => asked.includes(id))
  return asked.length > 0 && known.length === 0 ? firstArms(arms) : known
}

function firstArms(arms: readonly ArmView[]): string[] {
  const references = arms.filter((arm) => arm.role !== 'distillation')
  const others = arms.filter((arm) => !references.includes(arm))
  const first = new Set([...references, ...others.slice(0, FIRST_ARMS)])
  return arms.filter((arm) => first.has(arm)).map((arm) => arm.id)
}

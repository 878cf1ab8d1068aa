'use client'

import { keepPreviousData, skipToken, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { toast } from 'sonner'
import { WrappingField } from '../../_ui/field.tsx'
import { Crumbs } from '../../_ui/page-parts.tsx'
import { parameterNames } from '../../_ui/unread-parameters.ts'
import { isUnanswered } from '../api/failure-text.ts'
import { useTRPC } from '../api/trpc.ts'
import { ArmsSection } from './arms/arms-section.tsx'
import { ChoiceCards } from './choice-cards.tsx'
import { CountsSection } from './counts-section.tsx'
import { DataSection } from './data-section.tsx'
import { defaultQuestion } from './default-question.ts'
import { EngineSection } from './engine-section.tsx'
import { focusFirstProblem } from './focus-first-problem.ts'
import { readAddress, toAddress } from './form-address.ts'
import { FormSection } from './form-section.tsx'
import type { FormState } from './form-state.ts'
import { withLaunchKey } from './launch-key.ts'
import { NetworkSection } from './network-section.tsx'
import { LaunchBar, PlanPanel } from './plan-panel.tsx'
import type { Plan } from './plan-panel.tsx'
import { presets, presetState } from './presets.ts'
import { lastSeeds } from './read-looks.ts'
import { splitProblems } from './split-problems.ts'
import { toDraft } from './to-draft.ts'
import { useLaunch } from './use-launch.ts'
import { useSettled } from './use-settled.ts'
import { withSeeds } from './with-seeds.ts'

const SETTLE_MS = 350

/** The designer: fields on the left, what they amount to on the right. The form stands in the address. */
export function NewExperimentView(): ReactNode {
  const trpc = useTRPC()
  const formElement = useRef<HTMLFormElement>(null)
  // On the way back this is the address as it was left, not as the server first saw it.
  const address = useSearchParams()
  const launch = useLaunch(address)
  const [arrived] = useState(() => readAddress(new URLSearchParams(address)))
  const [form, setForm] = useState(arrived.form)
  const change = (part: Partial<FormState>): void => setForm((before) => ({ ...before, ...part }))

  const { data: datasets } = useSuspenseQuery(trpc.datasets.list.queryOptions())
  const dataset = datasets.find(({ name }) => name === form.data)
  const reading = useMemo(() => toDraft(form, dataset?.train ?? 1), [form, dataset])
  const settled = useSettled(reading, SETTLE_MS)
  const preview = useQuery({
    ...trpc.experiments.preview.queryOptions(
      settled.draft === null ? skipToken : { ...settled.draft, spread: settled.spread },
    ),
    placeholderData: keepPreviousData,
  })

  const { key, locked } = launch
  useEffect(() => {
    const next = `?${withLaunchKey(toAddress(form), key).toString()}`
    const timer = setTimeout(() => {
      // Next takes a changed address for the newer wish and would drop the way to the launched experiment.
      if (!locked.current && window.location.search !== next) window.history.replaceState(null, '', next)
    }, SETTLE_MS)
    return () => clearTimeout(timer)
  }, [form, key, locked])

  const fresh = reading === settled && !preview.isPlaceholderData && !preview.isFetching
  const reported = splitProblems(fresh ? (preview.data?.problems ?? []) : [], form)
  const problems = reading.problems ?? reported.fields
  const plan: Plan = {
    preview: reading.draft === null ? undefined : preview.data,
    stale: !fresh,
    waiting:
      reading.draft !== null && (reading !== settled || preview.isPlaceholderData || preview.isPending),
    failure: previewFailure(preview.error) ?? launch.failure ?? reported.rest,
    fieldProblems: Object.keys(problems).length,
    launching: launch.under,
    launchedBefore: launch.conflict,
    metric: form.primaryMetric,
    seeds: lastSeeds(form),
  }
  const start = (another = false): void => {
    // What is launched is what the plan shows.
    if (plan.waiting) return
    const refused = fresh && preview.data?.protocol === null
    if (plan.fieldProblems > 0 || reading.draft === null || refused) focusFirstProblem(formElement.current)
    else launch.start(reading.draft, another)
  }
  const load = (id: string): void => {
    const before = form
    setForm(presetState(id))
    toast('The form holds other settings now.', {
      action: { label: 'Undo', onClick: () => setForm(before) },
    })
  }

  return (
    <>
      <Crumbs links={[{ href: '/', label: 'Experiments' }]} />
      <h1>New experiment</h1>
      {arrived.dropped.length === 0 ? null : (
        <p role="status" className="mt-2 max-w-[68ch] text-13 text-ink-2 wrap-anywhere">
          The address held what this page cannot read, and leaves out: {parameterNames(arrived.dropped)}. The
          usual settings stand in their place.
        </p>
      )}
      <div className="mt-5 grid items-start gap-5 desk:grid-cols-[minmax(0,1fr)_408px] desk:gap-[72px]">
        {/* Enter takes a value and nothing else: a launch freezes what is still being written. */}
        <form ref={formElement} noValidate onSubmit={(event) => event.preventDefault()}>
          <FormSection title="Start from" text="Ready settings; everything below can be changed.">
            <ChoiceCards
              label="Start from"
              value={form.from}
              choices={presets.map(({ id, title, text }) => ({ value: id, title, text }))}
              onChoose={load}
            />
          </FormSection>
          <FormSection title="Question" text="The title of the page.">
            <WrappingField
              label="Question"
              hideLabel
              value={form.question ?? defaultQuestion(form)}
              onValue={(question) => change({ question })}
              problem={problems['question']}
            />
          </FormSection>
          <DataSection form={form} change={change} problems={problems} dataset={dataset} />
          <NetworkSection
            form={form}
            change={change}
            problems={problems}
            preview={plan.preview}
            validation={dataset?.validation}
          />
          <ArmsSection form={form} change={change} problems={problems} />
          <CountsSection form={form} change={change} problems={problems} />
          <EngineSection form={form} change={change} problems={problems} draft={settled.draft} />
        </form>
        <PlanPanel
          plan={plan}
          onLaunch={() => start()}
          onAnother={() => start(true)}
          onSeeds={(seeds) => change(withSeeds(form, seeds))}
        />
      </div>
      <LaunchBar plan={plan} onLaunch={() => start()} />
    </>
  )
}

const previewFailure = (error: Parameters<typeof isUnanswered>[0] | null): string | null =>
  error === null
    ? null
    : isUnanswered(error)
      ? 'The server does not answer: nothing is planned now.'
      : error.message

'use client'

import { useState } from 'react'
import type { ReactNode } from 'react'
import type { NextStep, VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { ExperimentPage } from '../../../core/contracts/views.ts'
import { LinkButton } from '../../_ui/button.tsx'
import { SelectField } from '../../_ui/field.tsx'
import { NoBreak } from '../../_ui/page-parts.tsx'
import { planAddress } from '../new-experiment/plan-address.ts'
import { ExtendExperiment } from './extend-experiment.tsx'
import { asksMore } from './question-texts.ts'
import { uncertainties } from './uncertainty.ts'
import type { Uncertainty } from './uncertainty.ts'

/** What to do next with what it costs, and beside it where the uncertainty comes from. */
export function NextAndWhy({ verdict, page }: { verdict: VerdictPage; page: ExperimentPage }): ReactNode {
  const why = asksMore(verdict) ? uncertainties(verdict, page.arms) : []
  if (verdict.next.length === 0 && why.length === 0) return null
  return (
    <div className="mt-8 grid items-start gap-x-12 gap-y-8 wide:mt-12 desk:grid-cols-2">
      {verdict.next.length === 0 ? null : <NextSteps verdict={verdict} page={page} />}
      {why.length === 0 ? null : <Why all={why} />}
    </div>
  )
}

function NextSteps({ verdict, page }: { verdict: VerdictPage; page: ExperimentPage }): ReactNode {
  return (
    <section aria-labelledby="next-heading">
      <h2 id="next-heading" className="mb-3">
        What to do next
      </h2>
      <ul>
        {verdict.next.map((step) => (
          <li
            key={step.title}
            className="flex flex-col gap-3 border-t border-line py-3 text-13 wide:flex-row wide:items-start wide:justify-between wide:gap-6"
          >
            <div>
              <h3>{step.title}</h3>
              <p className="mt-0.5 max-w-[42em] text-pretty text-ink-2">
                <NoBreak>{step.text}</NoBreak>
              </p>
            </div>
            <Way step={step} verdict={verdict} page={page} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Way(props: { step: NextStep; verdict: VerdictPage; page: ExperimentPage }): ReactNode {
  const { action } = props.step
  const { protocol, question, id } = props.page
  const { extension } = props.verdict
  switch (action?.kind) {
    case 'extend':
      return extension === null ? null : <ExtendExperiment id={id} extension={extension} />
    case 'plan': {
      const { seeds, firstSeed, spread } = action
      return (
        <LinkButton
          href={`/experiments/new?${planAddress(protocol, question, { seeds, firstSeed, spread })}`}
        >
          Plan it
        </LinkButton>
      )
    }
    case 'fewer-labels': {
      const { labelsPerSeed } = action
      return (
        <LinkButton href={`/experiments/new?${planAddress(protocol, question, { labelsPerSeed })}`}>
          Try {labelsPerSeed} labels
        </LinkButton>
      )
    }
    case undefined:
      return null
  }
}

function Why({ all }: { all: readonly Uncertainty[] }): ReactNode {
  const [chosen, setChosen] = useState<string | null>(null)
  const shown = all.find(({ arm }) => arm === chosen) ?? all.find(({ undecided }) => undecided) ?? all[0]
  if (shown === undefined) return null
  return (
    <section aria-labelledby="why-heading">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id="why-heading">{shown.title}</h2>
        {all.length === 1 ? null : (
          <SelectField
            label="Method whose uncertainty is shown"
            hideLabel
            className="w-[200px] wide:-my-1.5"
            value={shown.arm}
            options={all.map(({ arm, label }) => ({ value: arm, label }))}
            onValue={setChosen}
          />
        )}
      </div>
      <div className="border-t border-line pt-3 text-13">
        <p className="max-w-[52em] text-pretty text-ink-2">
          <NoBreak>{shown.text}</NoBreak>
        </p>
        <h3 className="mt-4 mb-1.5">Share of the uncertainty</h3>
        <div aria-hidden="true" className="flex h-5 gap-0.5">
          {shown.shares.map(({ key, share }) =>
            share === 0 ? null : (
              <div key={key} className={`min-w-[3px] ${fills[key]}`} style={{ flex: `${share} 1 0` }} />
            ),
          )}
        </div>
        <ul className="mt-2 grid gap-x-4 gap-y-1.5 wide:grid-cols-3">
          {shown.shares.map(({ key, name, percent, note }) => (
            <li key={key} className="text-12 text-ink-3">
              <span className="flex items-center gap-1.5">
                <i aria-hidden="true" className={`size-2.5 flex-none ${fills[key]}`} />
                <b className="text-ink">
                  {percent} {name}
                </b>
              </span>
              <span className="block text-pretty">{note}</span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

/** Three strengths of one grey: this is neither a verdict nor an arm. */
const fills = {
  seed: 'bg-ink-2 print:[print-color-adjust:exact]',
  noise: 'bg-line-strong print:[print-color-adjust:exact]',
  testSet: 'bg-line-2 print:[print-color-adjust:exact]',
} as const

'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import type { ReactNode } from 'react'
import type { ArmView } from '../../../core/contracts/views.ts'
import { Skeleton } from '../../_ui/page-parts.tsx'
import { NoBreak } from '../../_ui/page-parts.tsx'
import { Segments } from '../../_ui/segments.tsx'
import { UnreadAddress } from '../../_ui/unread-address.tsx'
import { oneOf } from '../../_ui/unread-parameters.ts'
import { useTRPC } from '../api/trpc.ts'
import { latencyText } from '../experiment/latency-text.ts'
import { useExperiment } from '../experiment/use-experiment.ts'
import { planAddress } from '../new-experiment/plan-address.ts'
import { ClaimRow } from './claim-row.tsx'
import { claimsFootnote } from './claims-footnote.ts'
import { claimsHeadline } from './claims-headline.ts'
import { claims } from './claims.ts'

/** More arms than these are chosen from a list. */
const mostSegments = 4

/** What is usually said about distillation, each with its evidence in this experiment. */
export function ClaimsView({ id }: { id: string }): ReactNode {
  const trpc = useTRPC()
  const experiment = useExperiment(id)
  const { arms, protocol, question } = experiment
  const [asked, setAsked] = useQueryState('arm', parseAsStringLiteral(arms.map((arm) => arm.id)))
  const { data: page } = useQuery({
    ...trpc.experiments.claims.queryOptions({ id, arm: asked ?? undefined }),
    placeholderData: keepPreviousData,
  })
  if (page === undefined) return <Skeleton className="mt-8 h-96 w-full" />
  const rows = claims(page, latencyText(experiment))
  return (
    <>
      <UnreadAddress parameters={{ arm: oneOf(page.choices.map((choice) => choice.id)) }} />
      <div className="mt-6 grid items-end gap-4 wide:mt-8 desk:grid-cols-[minmax(0,1fr)_auto] desk:gap-8">
        <p className="max-w-[37em] text-[1.125rem] leading-[1.4] tracking-[-0.008em] text-pretty wide:text-20">
          <NoBreak>{claimsHeadline(page, rows)}</NoBreak>
        </p>
        <ArmChoice choices={page.choices} arm={page.arm.id} onChange={(arm) => void setAsked(arm)} />
      </div>
      <ul className="mt-6">
        {rows.map((claim) => (
          <ClaimRow
            key={claim.key}
            claim={claim}
            planHref={
              claim.plan === null
                ? null
                : `/experiments/new?${planAddress(protocol, question, { labelsPerSeed: claim.plan.labelsPerSeed }).toString()}`
            }
          />
        ))}
      </ul>
      <p className="mt-3 max-w-[64em] text-12 text-ink-3">{claimsFootnote(page)}</p>
    </>
  )
}

function ArmChoice(props: {
  choices: readonly ArmView[]
  arm: string
  onChange: (arm: string) => void
}): ReactNode {
  const { choices, arm, onChange } = props
  if (choices.length < 2) return null
  if (choices.length <= mostSegments) {
    return (
      <Segments
        label="Method"
        segments={choices.map(({ id, label }) => ({ value: id, label }))}
        value={arm}
        onChange={onChange}
      />
    )
  }
  return (
    <label className="flex items-center gap-2 text-13 text-ink-2">
      Method
      <select
        value={arm}
        onChange={(event) => onChange(event.target.value)}
        className="h-10 max-w-full rounded-1 border border-line-strong bg-surface px-2 text-ink max-wide:text-16 wide:h-8"
      >
        {choices.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { EnginesQuestion, EngineView } from '../../../core/contracts/engines.ts'
import type { ExperimentDraftInput } from '../../../core/contracts/protocol.ts'
import { SelectField } from '../../_ui/field.tsx'
import { useTRPC } from '../api/trpc.ts'
import { engineNames } from '../../../core/engines/registry.ts'
import { engineLabel, missingTexts, promiseText } from './engine-texts.ts'
import { FormSection } from './form-section.tsx'
import type { FormState } from './form-state.ts'
import type { Problems } from './reading.ts'

/** An engine that was just found is timed meanwhile, once a folder; cpu takes some seconds. */
const askAgainMs = 3_000
const mostAsked = 10

/** What trains the networks: frozen with the rest, and never chosen by what happens to be installed. */
export function EngineSection(props: {
  form: FormState
  change: (part: Partial<FormState>) => void
  problems: Problems
  /** Whose student's steps are timed. */
  draft: ExperimentDraftInput | null
}): ReactNode {
  const { form, change, problems } = props
  const trpc = useTRPC()
  const { data: views = [] } = useQuery({
    ...trpc.workers.engines.queryOptions({ student: studentOf(props.draft) }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.dataUpdateCount < mostAsked && (state.data ?? []).some(isUntimed) ? askAgainMs : false,
  })
  // Where the server's own does not work here, none is chosen until a person does.
  const chosen = form.engine ?? views.find(({ usual }) => usual)?.name ?? ''
  const viewOf = (name: typeof chosen): EngineView | undefined => views.find((view) => view.name === name)
  return (
    <FormSection title="Engine" text="What trains the networks here.">
      <SelectField
        className="wide:max-w-[320px]"
        label="Engine"
        value={chosen}
        onValue={(engine) => engine !== '' && change({ engine })}
        options={[
          ...(chosen === ''
            ? [{ value: '' as const, label: views.length === 0 ? 'Asking' : 'Choose one' }]
            : []),
          ...engineNames.map((name) => ({
            value: name,
            label: engineLabel(name, viewOf(name)),
            disabled: viewOf(name)?.missing != null,
          })),
        ]}
        problem={problems['engine'] ?? viewOf(chosen)?.missing ?? undefined}
        hint={chosen === '' ? undefined : promiseText(chosen)}
      />
      {missingTexts(views, chosen).map((text) => (
        <p key={text} className="mt-1.5 max-w-[60ch] text-12 leading-[1.45] text-ink-3 wrap-anywhere">
          {text}
        </p>
      ))}
    </FormSection>
  )
}

const isUntimed = ({ missing, stepMs }: EngineView): boolean => missing === null && stepMs === null

function studentOf(draft: ExperimentDraftInput | null): EnginesQuestion['student'] {
  if (draft === null) return null
  const { data, labelsPerSeed, student } = draft
  return { data, labelsPerSeed, ...student }
}

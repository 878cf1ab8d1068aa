import type { ReactNode } from 'react'
import { TextField } from '../../_ui/field.tsx'
import { Segments } from '../../_ui/segments.tsx'
import type { After, FormState } from './form-state.ts'
import { lastExtension } from './read-looks.ts'
import type { Problems } from './reading.ts'

const choices: readonly { value: After; label: string }[] = [
  { value: 'one-look', label: 'One look' },
  { value: 'extension', label: 'One extension' },
  { value: 'until-decided', label: 'Until decided' },
]

const texts: Record<After, string> = {
  'one-look': 'The words are read once. Seeds added later are exploratory and give no word.',
  extension:
    'If an arm is undecided, one click adds the seeds and the word stands: 0.02\u00a0+\u00a00.03 of alpha.',
  'until-decided':
    'An arm stops as soon as its word is decided at a look. Up to 20 seeds; the looks share alpha, later ones get more.',
}

/** What happens when the seeds are in: planned before launch, because only then do further looks cost no error. */
export function AfterSeeds(props: {
  form: FormState
  change: (part: Partial<FormState>) => void
  problems: Problems
}): ReactNode {
  const { form, change, problems } = props
  return (
    <div className="mt-4">
      <p className="mb-1.5 text-13 font-medium">After these seeds</p>
      <Segments
        label="After these seeds"
        segments={choices}
        value={form.after}
        onChange={(after) => change(startOf(form, after))}
      />
      <p className="mt-1.5 max-w-[60ch] text-12 leading-[1.45] text-ink-3">{texts[form.after]}</p>
      {form.after === 'extension' ? (
        <TextField
          className="mt-3 max-w-[260px]"
          label="Seeds at the second look"
          value={form.looks}
          onValue={(looks) => change({ looks })}
          placeholder={String(lastExtension({ ...form, looks: '' }) ?? '')}
          problem={problems['moreLooks']}
          hint={
            form.looks.trim() === ''
              ? 'The first ones included: twice the first; change it if you like.'
              : 'The first ones included. Empty: twice the first; several, “10, 20”: further looks.'
          }
          inputMode="text"
        />
      ) : null}
      {form.after === 'until-decided' ? (
        <TextField
          className="mt-3 max-w-[260px]"
          label="Looks, seeds per arm"
          value={form.looks}
          onValue={(looks) => change({ looks })}
          problem={problems['moreLooks'] ?? problems['seeds']}
          hint="Rising, from 3 on."
          inputMode="text"
        />
      ) : null}
    </div>
  )
}

/** Looks of another kind cannot be kept; the seeds can. */
function startOf(form: FormState, after: After): Partial<FormState> {
  if (after === form.after) return {}
  return { after, looks: after === 'until-decided' ? '3, 5, 10' : '' }
}

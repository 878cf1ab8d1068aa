import type { ReactNode } from 'react'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import { ChevronIcon } from '../../_ui/icons.tsx'
import { NoBreak } from '../../_ui/page-parts.tsx'

/** One sentence a method: amount, interval, seeds, examples, word. Folded, since the picture says it too. */
export function InWords({ verdict }: { verdict: VerdictPage }): ReactNode {
  const { comparisons, state } = verdict
  if (state === 'waiting' || comparisons.length === 0) return null
  return (
    <details className="group mt-4">
      <summary className="flex list-none flex-wrap items-baseline gap-x-1.5 py-1.5 text-13 max-wide:py-2.5 [&::-webkit-details-marker]:hidden">
        <ChevronIcon className="size-3 flex-none translate-y-px -rotate-90 text-ink-3 group-open:rotate-0" />
        <h3 className="text-13 font-medium text-ink">In words</h3>
        <span className="text-ink-3">one sentence a method, with everything it rests on</span>
      </summary>
      <ul className="mt-1 max-w-[74em] text-13 text-ink-2">
        {comparisons.map(({ arm, sentence }) => (
          <li key={arm} className="border-t border-line py-2 text-pretty first:border-t-0">
            <NoBreak>{sentence}</NoBreak>
          </li>
        ))}
      </ul>
    </details>
  )
}

import type { ReactNode } from 'react'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import { CopyButton } from '../../_ui/copy-button.tsx'
import { NoBreak } from '../../_ui/page-parts.tsx'

/** The answer in a sentence, what stands behind it, and what it covers. */
export function Answer({ verdict }: { verdict: VerdictPage }): ReactNode {
  return (
    <div className="mt-6 grid items-start gap-4 wide:mt-8 desk:grid-cols-[minmax(0,1fr)_300px] desk:gap-12">
      <div>
        <p className="max-w-[37em] text-[1.125rem] leading-[1.4] tracking-[-0.008em] text-pretty wide:text-20">
          <NoBreak>{verdict.headline}</NoBreak>
        </p>
        {verdict.text === '' ? null : (
          <p className="mt-2 max-w-[52em] text-pretty text-ink-2">
            <NoBreak>{verdict.text}</NoBreak>
          </p>
        )}
        <CopyButton
          className="mt-3"
          text={verdict.markdown}
          done="The verdict is copied as Markdown, with all figures and intervals."
        >
          Copy as Markdown
        </CopyButton>
      </div>
      <p className="border-l-2 border-line pl-4 text-13 text-ink-2">
        <b className="text-ink">What this covers.</b> <NoBreak>{verdict.scope}</NoBreak>
      </p>
    </div>
  )
}

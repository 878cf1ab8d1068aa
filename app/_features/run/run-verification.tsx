import type { ReactNode } from 'react'
import type { RunPage } from '../../../core/contracts/views.ts'
import { Command } from '../../_ui/command.tsx'
import { CopyButton } from '../../_ui/copy-button.tsx'
import { Time } from '../../_ui/time.tsx'
import { StateIcon } from '../runs/run-state.tsx'
import { machineText, promiseText } from './verification-text.ts'

/** The fingerprint of the weights, how anyone can check it, and what came of that so far. Of finished runs alone. */
export function RunVerification({ page }: { page: RunPage }): ReactNode {
  const { verifications, weightsSha256 } = page
  return (
    <>
      {weightsSha256 === null ? null : (
        <div className="mb-3 flex items-center justify-between gap-4 border-y border-line py-1.5 text-13">
          <span className="text-ink-2">Weights SHA-256</span>
          <span className="flex items-center gap-2.5">
            <code title={weightsSha256} className="font-mono text-12">
              {weightsSha256.slice(0, 8)}
            </code>
            <CopyButton
              text={weightsSha256}
              done="The SHA-256 of the weights is copied."
              label="Copy the SHA-256 of the weights"
            >
              Copy
            </CopyButton>
          </span>
        </div>
      )}
      {verifications.length === 0 ? (
        <p className="mb-3 text-13">Nobody has trained it once more yet.</p>
      ) : (
        <ul className="mb-3 text-13">
          {verifications.map((check) => (
            <Check key={check.id} check={check} page={page} />
          ))}
        </ul>
      )}
      <Command text={`npx stillhouse verify ${page.experiment.id} --run ${page.runId}`} />
      <p className="mt-1.5 text-12 leading-normal text-ink-2">{promiseText(page)}</p>
    </>
  )
}

function Check({ check, page }: { check: RunPage['verifications'][number]; page: RunPage }): ReactNode {
  const identical = check.outcome === 'identical'
  return (
    <li className="flex gap-2.5 border-b border-line py-1.5 first:pt-0">
      <StateIcon status={identical ? 'finished' : 'diverged'} className="mt-1" />
      <div className="min-w-0">
        <span className={identical ? '' : 'text-danger'}>
          {identical ? 'Verified identical' : 'Differed'}
        </span>{' '}
        <span className="text-ink-2">
          on <Time at={check.at} />
        </span>
        {check.differences.map((text) => (
          <span key={text} className="block text-12 [overflow-wrap:anywhere] text-ink-2">
            {text}
          </span>
        ))}
        <span className="block text-12 text-ink-3">
          {machineText(check, page.spec.engine)}
          {check.runId !== page.runId ? '; of the run whose training this one shares' : ''}
        </span>
      </div>
    </li>
  )
}

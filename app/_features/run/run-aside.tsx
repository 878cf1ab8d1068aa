import type { ReactNode } from 'react'
import type { RunPage } from '../../../core/contracts/views.ts'
import { count, duration } from '../../_ui/format.ts'
import { KeyValues } from '../../_ui/page-parts.tsx'
import { runFacts, runHashes } from './run-facts.ts'
import { RunLineage } from './run-lineage.tsx'
import { hasEnded } from './run-phase.ts'
import { RunVerification } from './run-verification.tsx'

/** Where the run comes from, what fixes it, what it left behind. */
export function RunAside({ page }: { page: RunPage }): ReactNode {
  const memory = page.residentBytes
  const finished = page.status === 'finished'
  // That of finished weights stands where it can be checked.
  const hashes = runHashes(page).filter(([name]) => !finished || name !== 'Weights')
  return (
    <aside aria-label="About this run" className="grid content-start gap-8">
      <Part title="Lineage">
        <RunLineage page={page} />
      </Part>
      <Part title="Facts">
        <KeyValues rows={runFacts(page)} />
        <KeyValues
          rows={hashes.map(([name, sha256]) => [
            `${name} SHA-256`,
            <Hash key={name} sha256={sha256} ended={hasEnded(page)} />,
          ])}
        />
      </Part>
      {finished ? (
        <Part title="Verification">
          <RunVerification page={page} />
        </Part>
      ) : null}
      {memory === null && page.tensors === null ? null : (
        <Part title="Machine">
          <KeyValues
            rows={[
              ['Memory', memory === null ? '–' : `${count(Math.round(memory / 1e6))} MB`],
              ['Tensors', page.tensors === null ? '–' : count(page.tensors)],
            ]}
          />
        </Part>
      )}
      <Part title="Attempts">
        <Attempts page={page} />
      </Part>
      <Part title="Artifacts">
        <Artifacts page={page} />
      </Part>
    </aside>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section>
      <h2 className="mb-2 text-14">{title}</h2>
      {children}
    </section>
  )
}

function Hash({ sha256, ended }: { sha256: string | null; ended: boolean }): ReactNode {
  if (sha256 === null) return <span className="text-ink-3">{ended ? 'none' : 'when it ends'}</span>
  return (
    <span title={sha256} className="font-mono text-12">
      {sha256.slice(0, 8)}
    </span>
  )
}

function Attempts({ page }: { page: RunPage }): ReactNode {
  if (page.attempts.length === 0)
    return <p className="text-13 text-ink-3">{hasEnded(page) ? 'Never started.' : 'Not started yet.'}</p>
  return (
    <ul className="text-13">
      {page.attempts.map((attempt) => (
        <li key={attempt.number} className="border-t border-line py-1.5">
          <span className="flex justify-between gap-4">
            <span>
              {attempt.number}. {attempt.state}
            </span>
            <span className="text-ink-3">
              {attempt.endedAt === null ? '' : duration(attempt.endedAt - attempt.startedAt)}
            </span>
          </span>
          {attempt.resumedFromStep === null ? null : (
            <span className="block text-12 text-ink-3">
              went on from step {count(attempt.resumedFromStep)}
            </span>
          )}
          {attempt.reason === null ? null : (
            <span className="block text-12 text-ink-2">{attempt.reason}</span>
          )}
        </li>
      ))}
    </ul>
  )
}

function Artifacts({ page }: { page: RunPage }): ReactNode {
  if (page.artifacts.length === 0) {
    return (
      <p className="text-13 text-ink-3">
        {!hasEnded(page) ? 'Weights and predictions are here when it ends.' : 'It left no files.'}
      </p>
    )
  }
  return (
    <ul className="text-13">
      {page.artifacts.map((file) => (
        <li key={file.name} className="flex justify-between gap-4 border-t border-line py-[7px]">
          {file.fault === null ? (
            <a href={file.href} download title={`SHA-256 ${file.sha256}`} className="min-w-0 wrap-anywhere">
              {file.name}
            </a>
          ) : (
            <span title={file.fault.text} className="min-w-0 wrap-anywhere text-ink-2">
              {file.name}
            </span>
          )}
          <span className={`whitespace-nowrap ${file.fault === null ? 'text-ink-3' : 'text-danger'}`}>
            {file.fault === null ? fileSize(file.sizeBytes) : file.fault.state}
          </span>
        </li>
      ))}
    </ul>
  )
}

function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1e6 ? `${count(Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(2)} MB`
}

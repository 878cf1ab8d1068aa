import type { ReactNode } from 'react'
import type { ExperimentPage } from '../../../core/contracts/views.ts'
import { DownloadButton } from '../../_ui/button.tsx'
import { CopyButton } from '../../_ui/copy-button.tsx'
import { Time } from '../../_ui/time.tsx'

const COMMAND = 'sha256sum protocol.json'

/** When and under which hash the protocol was frozen, and how anyone can check it. First on small screens. */
export function Seal({ page }: { page: ExperimentPage }): ReactNode {
  const groups = page.protocolHash.match(/.{4}/g) ?? []
  const lines = [0, 4, 8, 12].map((start) => groups.slice(start, start + 4).join(' '))
  return (
    <aside
      aria-label="Seal"
      className="rounded-2 border border-line bg-surface p-4 max-desk:-order-1 wide:px-6 wide:pt-4 wide:pb-6 desk:sticky desk:top-5"
    >
      <h2 className="text-14">
        Frozen <Time at={page.launchedAt} />
      </h2>
      <p className="mt-1.5 mb-2 font-mono text-13 leading-[1.75] tracking-[0.02em]">
        {lines.map((line, index) => (
          <span key={line} className={`block ${index === 0 ? 'font-bold' : ''}`}>
            {line}
          </span>
        ))}
      </p>
      <p className="text-12 leading-normal text-ink-2">
        SHA-256 of the canonical JSON (RFC 8785), fixed at launch, before any test figure existed. Question,
        notes and times are outside.
      </p>
      <DownloadButton
        className="mt-4 w-full"
        href={`/api/experiments/${page.id}/protocol.json`}
        download="protocol.json"
      >
        Export JSON
      </DownloadButton>
      <h3 className="mt-6 mb-1.5">Check this protocol</h3>
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-3 rounded-1 border border-line bg-bg py-1.5 pr-1.5 pl-3">
        <code className="font-mono text-12 [overflow-wrap:anywhere]">{COMMAND}</code>
        <CopyButton text={COMMAND} done="The command is copied.">
          Copy
        </CopyButton>
      </div>
      <p className="mt-1.5 text-12 leading-normal text-ink-2">Prints the hash above for the exported file.</p>
    </aside>
  )
}

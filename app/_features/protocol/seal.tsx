import type { ReactNode } from 'react'
import type { ExperimentPage } from '../../../core/contracts/views.ts'
import { DownloadButton } from '../../_ui/button.tsx'
import { Command } from '../../_ui/command.tsx'
import { Time } from '../../_ui/time.tsx'
import { verifiedText } from './verified-text.ts'

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
      <Command text={COMMAND} />
      <p className="mt-1.5 text-12 leading-normal text-ink-2">Prints the hash above for the exported file.</p>
      <h3 className="mt-6 mb-1.5">Check its results</h3>
      <Command text={`npx stillhouse verify ${page.id}`} />
      <p className="mt-1.5 text-12 leading-normal text-ink-2">
        Trains a finished run once more, or all of them with <span className="whitespace-nowrap">--all</span>,
        and compares the bits. {verifiedText(page)}
      </p>
    </aside>
  )
}

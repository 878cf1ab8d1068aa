import Link from 'next/link'
import type { ReactNode } from 'react'
import { StripsPicture } from '../../_charts/claims/strips-picture.tsx'
import { LinkButton } from '../../_ui/button.tsx'
import { NoBreak } from '../../_ui/page-parts.tsx'
import { ClaimChip } from './claim-chip.tsx'
import type { Claim } from './claim.ts'

/** Claim and question, picture, word and sentence; below one another where it is narrow. */
export function ClaimRow({ claim, planHref }: { claim: Claim; planHref: string | null }): ReactNode {
  const id = `claim-${claim.key}`
  return (
    <li
      aria-labelledby={id}
      className="grid items-center gap-x-6 gap-y-3 border-t border-line py-4 last:border-b wide:grid-cols-[168px_minmax(0,1fr)_252px] desk:grid-cols-[192px_minmax(0,1fr)_332px]"
    >
      <div>
        <h2 id={id} className="text-14! leading-[1.35]!">
          {claim.title}
        </h2>
        <p className="mt-0.5 text-12 leading-[1.4] text-ink-3">{claim.question}</p>
      </div>
      {claim.picture === null ? (
        <p className="text-12 text-ink-3 max-wide:hidden">Nothing to draw.</p>
      ) : (
        <StripsPicture strips={claim.picture} />
      )}
      <div className="text-13 leading-[1.45] text-ink-2 desk:pl-2">
        <div className="flex flex-wrap gap-1.5">
          {claim.tags.map((tag) => (
            <ClaimChip key={tag.text} tag={tag} />
          ))}
        </div>
        <p className="mt-[5px] text-pretty">
          <Emphasised text={claim.text} />
          {claim.links.map((link) => (
            <span key={link.href}>
              {' '}
              <Link href={link.href} className="underline underline-offset-2">
                {link.label}
              </Link>
            </span>
          ))}
        </p>
        {claim.plan === null || planHref === null ? null : (
          <LinkButton small href={planHref} className="mt-2">
            Plan this experiment
          </LinkButton>
        )}
      </div>
    </li>
  )
}

/** Text between `**` is read first. */
function Emphasised({ text }: { text: string }): ReactNode {
  // A number and its unit stay on one line.
  return text
    .replaceAll(' %', '\u00a0%')
    .split('**')
    .map((part, index) =>
      index % 2 === 1 ? (
        // Parts of one fixed text: the position is their identity.
        // oxlint-disable-next-line react/no-array-index-key
        <b key={index} className="text-ink">
          <NoBreak>{part}</NoBreak>
        </b>
      ) : (
        // oxlint-disable-next-line react/no-array-index-key
        <NoBreak key={index}>{part}</NoBreak>
      ),
    )
}

import Link from 'next/link'
import type { ReactNode } from 'react'

/** Where this page hangs: links to what is above it, on one line. What stands between the ends is cut to fit. */
export function Crumbs({ links }: { links: readonly { href: string; label: string }[] }): ReactNode {
  const between = (index: number): boolean => index > 0 && index < links.length - 1
  return (
    <nav
      aria-label="Breadcrumb"
      className="mb-2 flex text-13 whitespace-pre text-ink-3 max-wide:-mt-2 max-wide:mb-0"
    >
      {links.map((link, index) => (
        <span key={link.href} className={`flex items-center ${between(index) ? 'min-w-0' : 'shrink-0'}`}>
          {index > 0 ? <span aria-hidden="true"> / </span> : null}
          <Link
            href={link.href}
            title={between(index) ? link.label : undefined}
            className={`text-ink-2 max-wide:py-2 ${between(index) ? 'min-w-0 truncate' : ''}`}
          >
            <bdi>{link.label}</bdi>
          </Link>
        </span>
      ))}
    </nav>
  )
}

/** A section with its heading left and a quiet remark right. */
export function Section(props: {
  id: string
  title: string
  remark?: ReactNode
  children: ReactNode
}): ReactNode {
  return (
    <section aria-labelledby={props.id} className="mt-8 wide:mt-12">
      <div className="mb-3 flex flex-col gap-0.5 wide:flex-row wide:items-baseline wide:justify-between wide:gap-4">
        <h2 id={props.id}>{props.title}</h2>
        {props.remark === undefined ? null : <p className="text-13 text-ink-3">{props.remark}</p>}
      </div>
      {props.children}
    </section>
  )
}

/** A figure over its label. */
export function Stat({ value, label }: { value: ReactNode; label: ReactNode }): ReactNode {
  return (
    <div>
      <b className="block text-20 leading-tight font-semibold tracking-[-0.01em]">{value}</b>
      <span className="text-12 text-ink-3">{label}</span>
    </div>
  )
}

/** The page is stale, partial or wrong: said at its top. */
export function Banner({ children, bad = false }: { children: ReactNode; bad?: boolean }): ReactNode {
  return (
    <div
      role="status"
      className={`flex items-center gap-2.5 rounded-1 border border-l-[3px] border-line-2 bg-surface px-3.5 py-[9px] text-13 ${bad ? 'border-l-danger' : 'border-l-open'}`}
    >
      {children}
    </div>
  )
}

/** Nothing is here yet: what will be, and what to do. `page`: it is the whole page, so its title is the heading. */
export function EmptyState(props: {
  title: string
  children: ReactNode
  action?: ReactNode
  page?: boolean
}): ReactNode {
  const Title = props.page === true ? 'h1' : 'h2'
  return (
    <div className={`max-w-[560px] ${props.page === true ? 'pt-12 pb-8' : 'pt-4 pb-6'}`}>
      <Title className="mb-2 text-20">{props.title}</Title>
      <div className="text-ink-2">{props.children}</div>
      {props.action === undefined ? null : <div className="mt-5 flex flex-wrap gap-2">{props.action}</div>}
    </div>
  )
}

/** A grey block in place of text that is on its way; give it the height of that text. */
export function Skeleton({ className }: { className: string }): ReactNode {
  return <i aria-hidden="true" className={`inline-block rounded-[3px] bg-sunken ${className}`} />
}

/** Names and values in two columns with hairlines. */
export function KeyValues({
  rows,
  className = '',
}: {
  rows: readonly (readonly [string, ReactNode])[]
  className?: string
}): ReactNode {
  return (
    <dl className={`text-13 ${className}`}>
      {rows.map(([name, value]) => (
        <div key={name} className="flex justify-between gap-4 border-t border-line py-1.5">
          <dt className="whitespace-nowrap text-ink-2">{name}</dt>
          <dd className="text-right">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What a person wrote, kept apart: its direction turns nothing around it, and it wraps wherever it must. */
export function WrittenText({ children }: { children: string }): ReactNode {
  return (
    <bdi className="wrap-anywhere">
      <NoBreak>{children}</NoBreak>
    </bdi>
  )
}

/** Longer ones may have to wrap. */
const LONGEST_UNBROKEN = 24

/** Keeps names with a hyphen, and percentages, unbroken: "1-point", "MLP 800-800", "95 %". */
export function NoBreak({ children }: { children: string }): ReactNode {
  return children.split(/((?:MLP )?\S*\w-\w\S*|MLP \d\S*|\d[\d.,]* %)/).map((part, index) =>
    index % 2 === 1 && part.length <= LONGEST_UNBROKEN ? (
      // Parts of one fixed text: the position is their identity.
      // oxlint-disable-next-line react/no-array-index-key
      <span key={index} className="whitespace-nowrap">
        {part}
      </span>
    ) : (
      part
    ),
  )
}

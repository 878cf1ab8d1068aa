'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'

export interface Tab {
  href: string
  label: string
  /** A quiet figure behind the label. */
  count?: string
}

/** Underlined links between the pages of one thing. On small screens they scroll, the current one in sight. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }): ReactNode {
  const path = usePathname()
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>(`[href="${path}"]`)
    if (!nav.current || !current) return
    nav.current.scrollLeft = current.offsetLeft - (nav.current.clientWidth - current.offsetWidth) / 2
  }, [path])
  return (
    <nav
      ref={nav}
      aria-label={label}
      className="relative mt-5 flex gap-5 border-b border-line max-wide:-mx-4 max-wide:px-4 max-wide:scroll-fade wide:gap-6 print:hidden"
    >
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.href === path ? 'page' : undefined}
          className="-mb-px border-b-2 border-transparent pt-[9px] pb-[10px] whitespace-nowrap text-ink-2 plain-link hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
        >
          {tab.label}
          {tab.count === undefined ? null : (
            // A space, not a margin: the link's name is "Runs 41", not "Runs41".
            <span className="text-12 font-normal text-ink-3"> {tab.count}</span>
          )}
        </Link>
      ))}
    </nav>
  )
}

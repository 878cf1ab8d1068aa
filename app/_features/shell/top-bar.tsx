'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { StillIcon } from '../../_ui/icons.tsx'
import { ThemeSwitch } from '../../_ui/theme-switch.tsx'
import { WorkersState } from './workers-state.tsx'

/** Mark, main pages, what trains now, theme. */
export function TopBar(): ReactNode {
  const path = usePathname()
  return (
    <header className="border-b border-line text-13 print:hidden">
      <div className="mx-auto flex h-12 max-w-[calc(var(--page)+48px)] items-center gap-1 px-4 wide:gap-5 wide:px-6">
        <Link
          href="/"
          className="flex min-h-9 items-center gap-2 text-14 font-strong tracking-[-0.01em] plain-link"
        >
          <StillIcon className="size-5 text-accent" />
          <span className="max-[359px]:sr-only">Stillhouse</span>
        </Link>
        <nav aria-label="Main" className="flex min-w-0 flex-1 max-wide:ml-2 wide:gap-1">
          <MainLink href="/" current={path === '/' || path.startsWith('/experiments')}>
            Experiments
          </MainLink>
          <MainLink href="/workers" current={path.startsWith('/workers')}>
            Workers
          </MainLink>
        </nav>
        <WorkersState />
        <ThemeSwitch />
      </div>
    </header>
  )
}

function MainLink(props: { href: string; current: boolean; children: string }): ReactNode {
  return (
    <Link
      href={props.href}
      aria-current={props.current ? 'page' : undefined}
      className="rounded-1 px-2 py-[9px] text-ink-2 plain-link hover:bg-sunken aria-[current]:font-medium aria-[current]:text-ink wide:px-2.5 wide:py-[5px]"
    >
      {props.children}
    </Link>
  )
}

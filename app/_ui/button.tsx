import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'

type Look = 'plain' | 'primary' | 'quiet' | 'danger'

const looks: Record<Look, string> = {
  plain: 'border-line-2 bg-surface text-ink hover:bg-sunken',
  primary:
    'border-accent bg-accent text-on-accent hover:brightness-107 disabled:border-line-2 disabled:bg-sunken disabled:text-ink-3',
  quiet: 'border-transparent text-ink-2 hover:bg-sunken',
  danger: 'border-line-2 bg-surface text-danger hover:bg-sunken',
}

const shape =
  'inline-flex h-10 items-center justify-center gap-1.5 rounded-1 border px-3 text-13 font-[540] whitespace-nowrap plain-link wide:h-8 disabled:cursor-not-allowed'

function classes(look: Look, small: boolean, className: string): string {
  return `${shape} ${looks[look]} ${small ? 'max-wide:h-9 wide:h-7' : ''} ${className}`
}

/** A button; at most one `primary` a page. Targets are at least 36 px high on small screens. */
export function Button({
  look = 'plain',
  small = false,
  className = '',
  type = 'button',
  ...props
}: ComponentProps<'button'> & { look?: Look; small?: boolean }): ReactNode {
  return <button type={type} className={classes(look, small, className)} {...props} />
}

/** A link that looks like a button: it leads somewhere. */
export function LinkButton({
  look = 'plain',
  small = false,
  className = '',
  ...props
}: ComponentProps<typeof Link> & { look?: Look; small?: boolean }): ReactNode {
  return <Link className={classes(look, small, className)} {...props} />
}

/** The same for files and other addresses outside the pages. */
export function DownloadButton({
  look = 'plain',
  small = false,
  className = '',
  children,
  ...props
}: ComponentProps<'a'> & { look?: Look; small?: boolean }): ReactNode {
  return (
    <a className={classes(look, small, className)} {...props}>
      {children}
    </a>
  )
}

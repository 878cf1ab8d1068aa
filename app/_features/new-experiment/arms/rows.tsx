import type { ReactNode } from 'react'

export const row = 'border-t border-line py-2.5 first:border-t-0 first:pt-0'

/** What belongs to the row above it. */
export function Indented({ children }: { children: ReactNode }): ReactNode {
  return <div className="mt-2.5 wide:ml-[26px]">{children}</div>
}

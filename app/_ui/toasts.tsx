'use client'

import type { ReactNode } from 'react'
import { Toaster } from 'sonner'

/** Where short messages appear: what happened, and the way back. */
export function Toasts(): ReactNode {
  return (
    <Toaster
      position="bottom-right"
      style={{ fontFamily: 'var(--font)' }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex items-center gap-4 rounded-2 border border-line bg-surface px-4 py-2.5 text-13 text-pretty text-ink shadow-overlay w-full',
          error: 'border-l-[3px] border-l-danger',
        },
      }}
    />
  )
}

'use client'

import { useState } from 'react'
import { toast } from 'sonner'
import type { ConfirmDialog } from './confirm-dialog.tsx'

export interface ConfirmDialogState {
  /** null until it was first asked for: its code is fetched then. */
  Dialog: typeof ConfirmDialog | null
  open: boolean
  setOpen: (open: boolean) => void
  /** Fetches the dialog where it is not there yet, and opens it; where it cannot be fetched, the page stays and says so. */
  ask: () => void
}

/** Keeps the dialog's code off the first load of a page, without losing the page when it cannot be fetched later. */
export function useConfirmDialog(): ConfirmDialogState {
  const [Dialog, setDialog] = useState<typeof ConfirmDialog | null>(null)
  const [open, setOpen] = useState(false)
  const load = async (): Promise<void> => {
    try {
      const loaded = await import('./confirm-dialog.tsx')
      setDialog(() => loaded.ConfirmDialog)
      setOpen(true)
    } catch {
      toast.error('The server could not be reached, so nothing was changed. Try again when it runs.')
    }
  }
  return { Dialog, open, setOpen, ask: () => void load() }
}

'use client'

import { AlertDialog } from '@base-ui/react/alert-dialog'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'

/** Asks before something that cannot be taken back, or that takes long. Escape and the first button leave everything as it is. */
export function ConfirmDialog(props: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  children: ReactNode
  keep: string
  confirm: string
  /** The confirming button; red unless it takes nothing away. */
  look?: 'danger' | 'primary'
  busy?: boolean
  onConfirm: () => void
}): ReactNode {
  return (
    <AlertDialog.Root open={props.open} onOpenChange={(open) => props.onOpenChange(open)}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-[oklch(0.2_0.02_220/.35)]" />
        <AlertDialog.Popup className="fixed top-1/2 left-1/2 z-50 w-[min(440px,calc(100vw-32px))] -translate-x-1/2 -translate-y-1/2 rounded-2 border border-line bg-surface p-6 shadow-overlay outline-none">
          <AlertDialog.Title className="text-16">{props.title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-ink-2" render={<div />}>
            {props.children}
          </AlertDialog.Description>
          <div className="mt-6 flex flex-wrap justify-end gap-2">
            <AlertDialog.Close render={<Button />}>{props.keep}</AlertDialog.Close>
            <Button look={props.look ?? 'danger'} disabled={props.busy ?? false} onClick={props.onConfirm}>
              {props.confirm}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

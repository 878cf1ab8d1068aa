'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { toast } from 'sonner'
import type { Outlook } from '../../../core/contracts/verdict-page.ts'
import { Button } from '../../_ui/button.tsx'
import { counted } from '../../_ui/format.ts'
import { Banner } from '../../_ui/page-parts.tsx'
import { useConfirmDialog } from '../../_ui/use-confirm-dialog.ts'
import { failureText } from '../api/failure-text.ts'
import { useTRPC } from '../api/trpc.ts'
import { outlookText } from './outlook-text.ts'

/** Runs that can give no word any more may be ended, or go on for their figures. */
export function OutlookBanner({ id, outlook }: { id: string; outlook: Outlook }): ReactNode {
  const trpc = useTRPC()
  const cache = useQueryClient()
  const { Dialog, open, setOpen, ask } = useConfirmDialog()
  const end = useMutation(
    trpc.experiments.endWordless.mutationOptions({
      onSuccess: async ({ runs }) => {
        setOpen(false)
        toast(`${counted(runs, 'run')} ${runs === 1 ? 'is' : 'are'} cancelled.`)
        await cache.invalidateQueries()
      },
      onError: (error) => toast.error(failureText('No run was ended', error)),
    }),
  )
  if (outlook.runs === 0) return null
  const { text, button, confirm, keep } = outlookText(outlook)
  return (
    <div className="mt-5">
      <Banner>
        <span className="flex flex-1 flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <span>{text}</span>
          <Button small onClick={ask}>
            {button}
          </Button>
        </span>
      </Banner>
      {Dialog === null ? null : (
        <Dialog
          open={open}
          onOpenChange={setOpen}
          title={`${button}?`}
          keep={keep}
          confirm={button}
          busy={end.isPending}
          onConfirm={() => end.mutate({ id })}
        >
          <p>{confirm}</p>
        </Dialog>
      )}
    </div>
  )
}
